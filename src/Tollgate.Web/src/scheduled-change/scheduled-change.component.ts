import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Problem } from '../api/answer';
import { takeBackChange } from '../api/changes';
import { FeedController, plansFeed, statusFeed } from '../api/feed';
import type { Pending, Scheduled } from '../api/status';
import { confirmLink } from '../change/change.parts';
import { problemNote } from '../look/problem-note';
import { TollgateElement } from '../look/tollgate-element';

/**
 * A change that is arranged for the end of the period, or waits for its payment to be confirmed, and the way to take it
 * back. Nothing where there is none.
 */
export class ScheduledChange extends TollgateElement {
  @state() private busy = false;
  @state() private problem: Problem | null = null;
  /** It was taken back from here. */
  @state() private isTaken = false;

  private readonly statusFeed = new FeedController(this, () => statusFeed(this.endpoint));
  private readonly plansFeed = new FeedController(this, () => plansFeed(this.endpoint));

  /** With nothing to show it takes no place, so that no gap of the page's grid is kept for it. */
  protected override updated(): void {
    const isEmpty = this.statusFeed.current?.ok === true && this.renderRoot.childElementCount === 0;
    this.style.display = isEmpty ? 'none' : '';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { say, busy, problem } = this;
    const status = this.statusFeed.current;
    const paid = status?.ok && status.value.kind === 'paid' ? status.value : null;
    const scheduled = paid?.pending ?? paid?.scheduled ?? null;
    // the plan's name belongs to the sentence: wait for it, so that the text never changes under the reader
    if (!status?.ok || scheduled === null || this.plansFeed.current === null) {
      return this.isTaken ? html`<p id="taken" class="note" role="status" tabindex="-1">${say.takenBack}</p>` : nothing;
    }
    return html`<div class="stack">
      <div class="note">
        <p>
          ${'at' in scheduled ? this.sentence(scheduled, status.value.now ?? new Date()) : this.waiting(scheduled)}
        </p>
        <button class="button quiet" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${this.takeBack}>
          ${busy ? html`<span class="spinner" aria-hidden="true"></span>${say.takingBack}` : say.takeBack}
        </button>
      </div>
      ${problem ? problemNote(problem, say) : nothing}
    </div>`;
  }

  private waiting({ seats, confirmAt }: Pending): TemplateResult {
    const { say, format } = this;
    return html`${say.changeWaits(say.seatCount(seats, format))} ${confirmLink(confirmAt, say)}`;
  }

  private sentence({ priceId, seats, at }: Scheduled, now: Date): string {
    const { say, format } = this;
    const plans = this.plansFeed.current;
    const sold = plans?.ok ? plans.value.plans : [];
    const plan = sold.find(({ prices }) => prices.some(({ id }) => id === priceId));
    const day = format.day(at, now);
    return plan ? say.changeArranged(plan.name, say.seatCount(seats, format), day) : say.changeArrangedOn(day);
  }

  private readonly takeBack = async (): Promise<void> => {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = null;
    const answer = await takeBackChange(this.endpoint);
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      await this.statusFeed.refresh();
    }
    this.busy = false;
    if (answer.ok) {
      this.isTaken = true;
      await this.updateComplete;
      // the button that was pressed is gone: the keyboard goes on at the answer
      this.renderRoot.querySelector<HTMLElement>('#taken')?.focus();
    }
  };
}
