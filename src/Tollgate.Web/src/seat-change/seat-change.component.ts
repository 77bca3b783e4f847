import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { FeedController, plansFeed, statusFeed } from '../api/feed';
import { LiveController } from '../api/live';
import { canBeChanged } from '../api/status';
import { ChangeController } from '../change/change';
import { changePart } from '../change/change.parts';
import { changeStyles } from '../change/change.styles';
import { SteadyHeight } from '../look/steady-height';
import { TollgateElement } from '../look/tollgate-element';
import type { SeatsChange } from '../seat-editor/seat-editor.component';

/**
 * More or fewer seats for a subscriber: chosen, priced by Stripe, confirmed. Whoever has no running subscription sees
 * nothing.
 *
 * @event tg-seats-change the user changed the number; detail `{ seats: number | null }`
 */
export class SeatChange extends TollgateElement {
  static override styles = [TollgateElement.styles, changeStyles];

  /** What the user chose; null while that is what holds. */
  @state() private chosen: number | null = null;
  /** False while the field holds no valid number. */
  @state() private valid = true;

  private readonly statusFeed = new FeedController(this, () => statusFeed(this.endpoint));
  private readonly plansFeed = new FeedController(this, () => plansFeed(this.endpoint));
  private readonly change = new ChangeController(
    this,
    () => this.endpoint,
    () => void this.statusFeed.refresh(),
  );

  constructor() {
    super();
    new LiveController(this, () => this.endpoint);
    new SteadyHeight(this, () => this.plansFeed.current === null || this.statusFeed.current === null);
  }

  /** With nothing to show it takes no place, so that no gap of the page's grid is kept for it. */
  protected override updated(): void {
    const status = this.statusFeed.current;
    const plans = this.plansFeed.current;
    const noSeats = plans?.ok === true && plans.value.seats.maximum === 1;
    const isEmpty = noSeats || (status?.ok === true && !canBeChanged(status.value));
    this.style.display = isEmpty ? 'none' : '';
  }

  protected override render(): TemplateResult | typeof nothing {
    const status = this.statusFeed.current;
    const plans = this.plansFeed.current;
    if (!status?.ok || !canBeChanged(status.value) || plans === null) {
      return nothing;
    }
    if (!plans.ok) {
      return this.problemNote(plans.problem, () => void this.plansFeed.retry());
    }
    const { say, change } = this;
    const { minimum, maximum, inUse, holder } = plans.value.seats;
    if (maximum === 1) {
      return nothing;
    }
    const held = status.value.seats;
    const seats = Math.max(this.chosen ?? held, minimum);
    return html`<section class="card stack" aria-labelledby="title">
      <div>
        <h2 id="title">${say.changeSeats}</h2>
        <p class="muted">${status.value.interval === 'year' ? say.yearlyDifference : say.monthlyDifference}</p>
      </div>
      <tg-seat-editor
        .value=${seats}
        .minimum=${minimum}
        .maximum=${maximum}
        .inUse=${inUse}
        .holder=${holder}
        .disabled=${change.busy}
        @tg-seats-change=${this.choose}
      ></tg-seat-editor>
      ${changePart(change, say, this.format, this.api)} ${this.previewOrDone(seats, held)}
    </section>`;
  }

  private previewOrDone(seats: number, held: number): TemplateResult | typeof nothing {
    const { say, change } = this;
    if (change.phase === 'done') {
      return html`<div class="note" role="status"><p>${say.seatsAre(seats, this.format)}</p></div>`;
    }
    if (change.quote !== null) {
      return nothing;
    }
    const off = change.busy || !this.valid || seats === held;
    const asking = html`<span class="spinner" aria-hidden="true"></span>${say.askingPrice}`;
    return html`<div>
      <button
        class="button quiet"
        type="button"
        aria-disabled=${off ? 'true' : 'false'}
        @click=${() => off || void change.preview({ seats })}
      >
        ${change.busy ? asking : say.previewChange}
      </button>
    </div>`;
  }

  private readonly choose = (event: SeatsChange): void => {
    this.valid = event.detail.seats !== null;
    this.chosen = event.detail.seats ?? this.chosen;
    // a price is that of one number of seats
    this.change.forget();
  };
}
