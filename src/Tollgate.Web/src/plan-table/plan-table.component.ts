import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ownProblem, type Problem } from '../api/answer';
import { startCheckout } from '../api/checkout';
import { FeedController, plansFeed, statusFeed } from '../api/feed';
import { stripeLocation } from '../api/links';
import { LiveController } from '../api/live';
import { type Interval, type Plan, type Plans, priceOf } from '../api/plans';
import { canBeChanged, isSubscribed, type Status } from '../api/status';
import { ChangeController } from '../change/change';
import { changePart } from '../change/change.parts';
import { changeStyles } from '../change/change.styles';
import { SteadyHeight } from '../look/steady-height';
import { TollgateElement } from '../look/tollgate-element';
import type { SeatsChange } from '../seat-editor/seat-editor.component';
import { recallChoice, rememberChoice } from './choice';
import { enterprise, intervalSwitch, notice, planCard, skeleton, type Table } from './plan-table.parts';
import { planTableStyles } from './plan-table.styles';

/**
 * Plans side by side, month or year, seats with the total of today, and the way to Checkout. A subscriber sees what
 * another plan would cost, and changes to it.
 *
 * @slot heading - what stands beside the month/year switch; a heading of its own by default
 * @event tg-interval-change the user switched; detail `{ interval: 'month' | 'year' }`
 * @event tg-plan-choose the user chose a plan to see; detail `{ plan: string }`
 * @event tg-seats-change the user changed the seats; detail `{ seats: number | null }`
 * @event tg-checkout the payment page is about to open; detail `{ url: string }`; cancel it to open the page yourself
 */
export class PlanTable extends TollgateElement {
  static override styles = [TollgateElement.styles, changeStyles, planTableStyles];

  /** Plan that is open at first; the first one with a price by default. */
  @property() plan = '';
  /** Interval shown at first; where nothing is sold by it, the other one. */
  @property() interval: Interval = 'month';
  /** Seats at first; as many as are in use by default. */
  @property({ type: Number }) seats = 0;
  /** Where a subscriber finds seats, renewal and cancellation. */
  @property({ attribute: 'settings-url' }) settingsUrl = '/settings/billing';
  /** Where plans that are sold by people are asked for; without it they are shown without a link. */
  @property({ attribute: 'contact-url' }) contactUrl = '';
  /** Leaves for the payment page. For tests, and for hosts that navigate in their own way. */
  @property({ attribute: false }) navigate = (url: URL): void => location.assign(url);

  @state() private busy = false;
  @state() private refusal: Problem | null = null;
  /** What is read out, in the language of the moment. */
  @state() private said: () => string = () => '';
  /** False while the seat field holds no valid number. */
  @state() private seatsValid = true;
  /** Whether the interval is the subscriber's own, or the one they switched to. */
  private settled = false;

  private readonly plansFeed = new FeedController(this, () => plansFeed(this.endpoint));
  private readonly statusFeed = new FeedController(this, () => statusFeed(this.endpoint));
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

  override connectedCallback(): void {
    super.connectedCallback();
    const kept = recallChoice();
    if (kept && !this.plan && !this.seats) {
      this.plan = kept.plan;
      this.interval = kept.interval;
      this.seats = kept.seats;
    }
    window.addEventListener('pageshow', this.cameBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pageshow', this.cameBack);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const plans = this.plansFeed.current;
    if (plans?.ok) {
      const { minimum, maximum, inUse } = plans.value.seats;
      this.seats = Math.min(Math.max(this.seats || inUse, minimum), maximum);
      const sold = plans.value.plans.filter((plan) => plan.prices.length > 0);
      this.plan = (sold.find((plan) => plan.id === this.plan) ?? sold[0])?.id ?? '';
      this.interval = this.interval === 'year' ? 'year' : 'month';
    }
    const status = this.statusFeed.current;
    if (status?.ok && canBeChanged(status.value) && !this.settled) {
      this.settled = true;
      this.interval = status.value.interval === 'year' ? 'year' : 'month';
    }
    const sold = plans?.ok ? plans.value.plans.flatMap((plan) => plan.prices.map((price) => price.interval)) : [];
    if (sold[0] && !sold.includes(this.interval)) {
      this.interval = sold[0];
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="head">
        <slot name="heading">
          <div>
            <h2>${this.say.choosePlan}</h2>
            <p class="muted">${this.say.chooseIntro}</p>
          </div>
        </slot>
        ${this.switchOrNothing()}
      </div>
      ${this.body()}
      <p class="unseen" role="status">${this.said()}</p>`;
  }

  private switchOrNothing(): TemplateResult | typeof nothing {
    const { say, format, interval, busy } = this;
    const plans = this.plansFeed.current;
    return plans?.ok ? intervalSwitch(say, format, plans.value, interval, busy, this.switchTo) : nothing;
  }

  private body(): TemplateResult {
    const plans = this.plansFeed.current;
    const status = this.statusFeed.current;
    if (plans?.ok && status?.ok) {
      return this.table(plans.value, status.value);
    }
    const failure = [plans, status].find((answer) => answer !== null && !answer.ok);
    return failure && !failure.ok ? this.problemNote(failure.problem, this.loadAgain) : skeleton(this.say);
  }

  private table(plans: Plans, status: Status): TemplateResult {
    const { say, format, busy, refusal } = this;
    const table: Table = {
      say,
      format,
      plans,
      status,
      interval: this.interval,
      chosen: this.plan,
      seats: this.seats,
      seatsValid: this.seatsValid,
      canBuy: status.billingEnabled && !isSubscribed(status),
      busy,
      refusal: refusal ? this.problemNote(refusal) : nothing,
      canChange: canBeChanged(status),
      change: this.change,
      changing: changePart(this.change, say, format, this.api),
      onSeats: this.changeSeats,
      onAction: this.act,
    };
    const cards = plans.plans.filter((plan) => !plan.contact);
    return html`${notice(table, this.settingsUrl)}
      <div class="plans">${cards.map((plan) => planCard(table, plan))}</div>
      ${plans.plans.filter((plan) => plan.contact).map((plan) => enterprise(table, plan, this.contactUrl))}`;
  }

  private readonly switchTo = (interval: Interval): void => {
    this.interval = interval;
    this.refusal = null;
    this.change.forget();
    this.emit('tg-interval-change', { interval });
  };

  private readonly changeSeats = (event: SeatsChange): void => {
    this.refusal = null;
    this.seatsValid = event.detail.seats !== null;
    this.seats = event.detail.seats ?? this.seats;
  };

  /** The one button of a card: it opens the card, and on the open card it goes to Checkout. */
  private readonly act = (plan: Plan, event: MouseEvent): void => {
    const price = priceOf(plan, this.interval);
    // `detail` counts clicks: the second half of a double click must not press what the first half uncovered
    if (!price || this.busy || event.detail > 1) {
      return;
    }
    if (plan.id !== this.plan) {
      this.plan = plan.id;
      this.refusal = null;
      this.seatsValid = true;
      const { seats } = this;
      const plans = this.plansFeed.current;
      const total = () => this.format.money(price.unitAmount * seats, price.currency);
      const held = () => (plans?.ok && plans.value.seats.maximum === 1 ? '' : this.say.seatCount(seats, this.format));
      this.said = () => this.say.chosen(plan.name, held(), total());
      this.emit('tg-plan-choose', { plan: plan.id });
    } else if (this.seatsValid) {
      void this.checkout(price.id);
    }
  };

  private async checkout(priceId: string): Promise<void> {
    this.busy = true;
    this.refusal = null;
    this.said = () => this.say.openingCheckout;
    rememberChoice({ plan: this.plan, interval: this.interval, seats: this.seats });
    const answer = await startCheckout(this.endpoint, priceId, this.seats);
    const url = answer.ok ? stripeLocation(answer.value, location) : null;
    if (url === null) {
      this.busy = false;
      this.said = () => '';
      this.refusal = answer.ok ? ownProblem('unsafe_checkout') : answer.problem;
      if (this.refusal.code === 'already_subscribed') {
        await this.statusFeed.refresh();
      }
    } else if (this.emit('tg-checkout', { url: url.href })) {
      this.navigate(url); // the button stays off until the page is gone
    } else {
      this.busy = false;
    }
  }

  /** The back button may show this very page again, frozen as it was left. */
  private readonly cameBack = (event: PageTransitionEvent): void => {
    if (event.persisted) {
      this.busy = false;
      this.said = () => '';
      void this.statusFeed.refresh();
    }
  };

  private readonly loadAgain = (): void => {
    void this.plansFeed.retry();
    void this.statusFeed.retry();
  };

  private emit(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}
