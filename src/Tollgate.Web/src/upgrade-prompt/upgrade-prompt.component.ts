import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { FeedController, plansFeed, statusFeed } from '../api/feed';
import { ownLink } from '../api/links';
import { type Noun, nounOf } from '../api/nouns';
import { type Plan, type Price, priceOf } from '../api/plans';
import { isReached, type Limit, type Status } from '../api/status';
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
  /** One of what the meter counts, in running text ("fix"); the catalog's by default. */
  noun = '';
  /** Several of them ("fixes"); the catalog's by default. */
  nouns = '';
  upgradeUrl = '/billing/upgrade';
  /** The body of a 402 answer: shown at once, until a later status says that the limit is lifted. */
  problem: unknown = null;
  /** Whether the prompt is to be seen; set by the component, for a host's styles (`tg-upgrade-prompt[open]`). */
  open = false;

  private readonly statusFeed = new FeedController(this, () => statusFeed(this.endpoint));
  private readonly plansFeed = new FeedController(this, () => plansFeed(this.endpoint));
  private known: unknown = null;
  private limit: LimitProblem | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const status = this.statusFeed.current;
    const isNew = status !== this.known && !changed.has('problem');
    this.known = status;
    this.limit = readLimitProblem(this.problem);
    // a limit's problem outlives the status it came with, not a later one in which the limit is lifted
    if (isNew && status?.ok && this.limit && isLimit(this.limit) && !this.reached()) {
      this.problem = this.limit = null;
    }
    // the price belongs to the sentence: wait for it, so that the text never changes under the reader
    this.open = !!(this.limit || (this.reached() && this.plansFeed.current));
  }

  protected override render(): TemplateResult {
    const prompt = this.open ? this.prompt(this.reached(), this.limit) : nothing;
    return html`<div role="status">${prompt}</div>`;
  }

  private reached(): Limit | null {
    const limit = this.watched();
    return limit && isReached(limit) ? limit : null;
  }

  private watched(): Limit | undefined {
    const status = this.status();
    return status?.billingEnabled ? status.limits.find((limit) => limit.meter === this.meter) : undefined;
  }

  private status(): Status | null {
    const status = this.statusFeed.current;
    return status?.ok ? status.value : null;
  }

  private named(): Noun {
    const limit = this.watched();
    const own = limit && nounOf(limit.nouns, this.format.locale);
    return { one: this.noun || own?.one || '', many: this.nouns || own?.many || '' };
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
    const { say, format } = this;
    const most = problem?.limit ?? limit?.limit ?? 0;
    const noun = this.named();
    if (problem && !(isLimit(problem) && most && noun.one)) {
      return problem.title || say.seePlans;
    }
    return problem
      ? say.allUsed(most, noun, /^free/.test(problem.code), format)
      : say.lastOne(most, noun, this.status()?.kind === 'free', format);
  }

  /** When it opens by itself, then what lifts it: two sentences, each whole. */
  private more(most: number | null, problem: LimitProblem | null): string {
    const { say, format } = this;
    if (problem && !isLimit(problem)) {
      return problem.detail;
    }
    const known = this.status();
    const resetAt = problem?.resetAt ?? known?.resetAt ?? null;
    const next = resetAt ? say.nextArrive(most ?? 1, format.day(resetAt, known?.now ?? new Date()), format) : '';
    return `${next} ${this.lifts(most ?? 0)}`.trim();
  }

  /** The first plan that allows more; nothing where none does. */
  private lifts(most: number): string {
    const { say, format, meter } = this;
    const plans = this.plansFeed.current;
    const noun = this.named();
    if (!noun.many || !plans?.ok) {
      return '';
    }
    const { seats, plans: all } = plans.value;
    for (const plan of all) {
      const from = lowestMonthly(plan);
      const allowed = plan.limits[meter] ?? null;
      if (from && (allowed ?? Infinity) > most) {
        const price = format.price(from.unitAmount, from.currency);
        return say.moreFrom(plan.name, allowed, noun, price, seats.maximum > 1, format);
      }
    }
    return '';
  }

  private follow(event: Event, url: string): void {
    const detail = { url, meter: this.meter };
    const announcement = new CustomEvent('tg-upgrade', { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(announcement)) {
      event.preventDefault();
    }
  }
}

function isLimit({ code }: LimitProblem): boolean {
  return /^(free_tier|usage)_limit/.test(code);
}

/** The least a seat can cost in a month, a year paid at once counted by its twelfth. */
function lowestMonthly(plan: Plan): Pick<Price, 'unitAmount' | 'currency'> | null {
  const monthly = priceOf(plan, 'month');
  const yearly = priceOf(plan, 'year');
  const twelfth = yearly && { ...yearly, unitAmount: Math.round(yearly.unitAmount / 12) };
  return twelfth && (!monthly || twelfth.unitAmount < monthly.unitAmount) ? twelfth : monthly;
}
