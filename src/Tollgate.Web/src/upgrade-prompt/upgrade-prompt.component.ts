import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { FeedController, plansFeed, statusFeed } from '../api/feed';
import { ownLink } from '../api/links';
import { type Plan, priceOf } from '../api/plans';
import { isReached, type Limit } from '../api/status';
import { WordedElement } from '../look/worded-element';
import { type LimitProblem, readLimitProblem } from './limit-problem';
import { upgradePromptStyles } from './upgrade-prompt.styles';

/**
 * Appears beside what a limit locks once the limit is reached, and says when it opens by itself and what lifts it.
 * It takes no space while there is something left, and goes away when the limit is lifted.
 *
 * @event tg-upgrade the user follows the link; detail `{ url: string, meter: string }`; cancel it to navigate yourself
 */
export class UpgradePrompt extends WordedElement {
  static override styles = [WordedElement.styles, upgradePromptStyles];
  static override properties = {
    meter: {},
    noun: {},
    nouns: {},
    upgradeUrl: { attribute: 'upgrade-url' },
    problem: { attribute: false },
    open: { type: Boolean, reflect: true },
  };

  /** The meter that is watched, as the status names it ("fix"). */
  meter = '';
  /** One of what the meter counts, in running text ("fix"). */
  noun = '';
  /** Several of them ("fixes"). */
  nouns = '';
  upgradeUrl = '/billing/upgrade';
  /** The body of a 402 answer: shown at once, until a later status says that the limit is lifted. */
  problem: unknown = null;
  /** Whether the prompt is to be seen; set by the component, for a host's styles (`tg-upgrade-prompt[open]`). */
  open = false;

  private readonly statusFeed = new FeedController(this, () => statusFeed(this.endpoint));
  private readonly plansFeed = new FeedController(this, () => plansFeed(this.endpoint));
  private known: unknown = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const status = this.statusFeed.current;
    const news = status !== this.known && !changed.has('problem');
    this.known = status;
    const problem = readLimitProblem(this.problem);
    // a limit's problem outlives the status it came with, not a later one in which the limit is lifted
    if (news && status?.ok && problem && isLimit(problem) && !this.reached()) {
      this.problem = null;
    }
    // the price belongs to the sentence: wait for it, so that the text never changes under the reader
    this.open = readLimitProblem(this.problem) !== null || (this.reached() !== null && this.plansFeed.current !== null);
  }

  protected override render(): TemplateResult {
    const prompt = this.open ? this.prompt(this.reached(), readLimitProblem(this.problem)) : nothing;
    return html`<div role="status">${prompt}</div>`;
  }

  private reached(): Limit | null {
    const status = this.statusFeed.current;
    if (!status?.ok || status.value.kind !== 'free' || !status.value.billingEnabled) {
      return null;
    }
    return status.value.limits.find((limit) => limit.meter === this.meter && isReached(limit)) ?? null;
  }

  private prompt(limit: Limit | null, problem: LimitProblem | null): TemplateResult {
    const url = ownLink(problem?.upgradeUrl ?? null, this.upgradeUrl, location);
    const most = limit?.limit ?? problem?.limit ?? null;
    const badge = html`<span class="count number" aria-hidden="true">${this.format.number(most ?? 0)}</span>`;
    return html`<div class="prompt">
      ${most === null ? nothing : badge}
      <div class="words">
        <p class="title">${this.sentence(limit, problem)}</p>
        <p class="muted">${this.more(most, problem)}</p>
      </div>
      <a class="button" href=${url} @click=${(event: Event) => this.follow(event, url)}>${this.say.seePlans}</a>
    </div>`;
  }

  private sentence(limit: Limit | null, problem: LimitProblem | null): string {
    const { say, format, noun, nouns } = this;
    if (problem && !isLimit(problem)) {
      return problem.title || say.seePlans;
    }
    const most = problem?.limit ?? limit?.limit ?? 0;
    if (!noun || !nouns || most === 0) {
      return say.lastFreeNameless;
    }
    return problem ? say.allUsed(most, noun, nouns, format) : say.lastFreeOne(most, noun, format);
  }

  /** When it opens by itself, then what lifts it: two sentences, each whole. */
  private more(most: number | null, problem: LimitProblem | null): string {
    const { say, format } = this;
    if (problem && !isLimit(problem)) {
      return problem.detail;
    }
    const status = this.statusFeed.current;
    const free = status?.ok && status.value.kind === 'free' ? status.value : null;
    const resetAt = problem?.resetAt ?? free?.resetAt ?? null;
    const next = resetAt ? say.nextArrive(most ?? 1, format.day(resetAt, free?.now ?? new Date()), format) : '';
    return `${next} ${this.lifts()}`.trim();
  }

  private lifts(): string {
    const { say, format, nouns } = this;
    const plans = this.plansFeed.current;
    const plan = plans?.ok ? plans.value.plans.find((any) => any.prices.length > 0) : undefined;
    const from = plan && lowestMonthly(plan);
    if (!plan || !from) {
      return say.paidIsUnlimited;
    }
    const price = format.price(from.amount, from.currency);
    return nouns ? say.unlimitedFrom(plan.name, nouns, price) : say.noLimitFrom(plan.name, price);
  }

  private follow(event: Event, url: string): void {
    const detail = { url, meter: this.meter };
    const told = new CustomEvent('tg-upgrade', { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(told)) {
      event.preventDefault();
    }
  }
}

function isLimit(problem: LimitProblem): boolean {
  return problem.code === 'free_tier_limit_reached';
}

/** The least a seat can cost in a month, a year paid at once counted by its twelfth. */
function lowestMonthly(plan: Plan): { readonly amount: number; readonly currency: string } | null {
  const of = (interval: 'month' | 'year', months: number) => {
    const price = priceOf(plan, interval);
    return price && { amount: Math.round(price.unitAmount / months), currency: price.currency };
  };
  const yearly = of('year', 12);
  const monthly = of('month', 1);
  return yearly && (!monthly || yearly.amount < monthly.amount) ? yearly : monthly;
}
