import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type Banner, bannerNote, bannersOf } from '../billing-banner/banners';
import { FeedController, statusFeed } from '../api/feed';
import { LiveController } from '../api/live';
import type { FreeStatus, PaidStatus, Status } from '../api/status';
import { SteadyHeight } from '../look/steady-height';
import { TollgateElement } from '../look/tollgate-element';
import { shortDate } from '../text/format';
import { meters, metersSkeleton, resetText } from '../usage/meters';
import { usageStyles } from '../usage/usage.styles';
import { billingSummaryStyles } from './billing-summary.styles';

/**
 * What the caller is on: plan, seats, the next date that matters, and what is wrong, if anything is. On free: how much
 * is used, and the way to the plans.
 *
 * @slot actions - what a subscriber can do, below everything else
 * @event tg-upgrade the user follows the link to the plans; detail `{ url: string }`; cancel it to navigate yourself
 */
export class BillingSummary extends TollgateElement {
  static override styles = [TollgateElement.styles, usageStyles, billingSummaryStyles];

  @property({ attribute: 'upgrade-url' }) upgradeUrl = '/billing/upgrade';

  private hadScheduled = false;

  private readonly feed = new FeedController(this, () => statusFeed(this.endpoint));

  constructor() {
    super();
    new LiveController(this, () => this.endpoint);
    new SteadyHeight(this, () => this.feed.current === null);
  }

  protected override render(): TemplateResult {
    const answer = this.feed.current;
    if (answer === null) {
      const name = html`<div class="bone name" aria-hidden="true"></div>`;
      return html`<div class="card stack">
        ${name}${metersSkeleton(this.say)}
        <div class="bone foot" aria-hidden="true"></div>
      </div>`;
    }
    if (!answer.ok) {
      return this.problemNote(answer.problem, () => void this.feed.retry());
    }
    return html`<div class="card stack">${this.summary(answer.value)}</div>`;
  }

  private summary(status: Status): TemplateResult {
    if (status.kind === 'paid') {
      return this.paid(status);
    }
    const off = html`<h2>${status.tierName}</h2>${this.banners(status)}`;
    return status.billingEnabled ? this.free(status) : off;
  }

  private free(status: FreeStatus): TemplateResult {
    const { say, format, upgradeUrl } = this;
    const limited = status.limits.length > 0;
    const none = status.kind === 'none';
    const unlimited = none ? nothing : html`<p class="muted">${say.nothingLimited(status.tierName)}</p>`;
    return html`<div class="row between">
        <h2>${none ? say.noPlanYet : status.tierName}</h2>
        <span class="muted number">${limited ? resetText(status, say, format) : nothing}</span>
      </div>
      ${this.banners(status)}
      ${limited ? meters(status, say, format) : unlimited}
      ${status.isPaymentOutstanding
        ? nothing
        : html`<a class="button" href=${upgradeUrl} @click=${this.follow}>${none ? say.choosePlan : say.upgrade}</a>`}`;
  }

  private paid(status: PaidStatus): TemplateResult {
    const { say, format } = this;
    const interval = status.interval === 'year' ? say.annual : status.interval === 'month' ? say.monthly : null;
    const tags = [interval, status.trialEndsAt ? say.trial : null].filter((tag) => tag !== null);
    return html`<div class="row between">
        <div class="row plan">
          <h2>${status.tierName}</h2>
          ${tags.map((tag) => html`<span class="tag">${tag}</span>`)}
        </div>
        <span class="muted number">${this.nextDate(status) ?? nothing}</span>
      </div>
      ${this.banners(status)}
      ${this.scheduled(status)}
      ${status.seats === null ? nothing : this.seats(status.seats, status.seatsInUse)}
      ${status.limits.length > 0 ? this.use(status) : nothing}
      ${status.addOns.map(({ name, quantity }) => {
        const held = quantity === null ? nothing : html`<b class="number">${format.number(quantity)}</b>`;
        return html`<div class="row between"><span>${name}</span>${held}</div>`;
      })}
      ${status.status === null || isUnpaid(status) ? nothing : this.portal(say.manageSubscription)}
      <slot name="actions"></slot>`;
  }

  /** What a paid plan limits. */
  private use(status: PaidStatus): TemplateResult {
    const { say, format } = this;
    return html`<div class="row between">
        <span>${say.usage}</span>
        <span class="muted number">${resetText(status, say, format)}</span>
      </div>
      ${meters(status, say, format)}`;
  }

  /** It stays when the change was taken back: it says so there where the reader is. */
  private scheduled(status: PaidStatus): TemplateResult | typeof nothing {
    this.hadScheduled ||= status.scheduled !== null;
    return this.hadScheduled ? html`<tg-scheduled-change .api=${this.api}></tg-scheduled-change>` : nothing;
  }

  /** What is wrong, if anything is; a failed payment leads on from where it is told. */
  private banners(status: Status): TemplateResult {
    const banners = bannersOf(status, this.say, this.format);
    const next = ({ kind, portal }: Banner) =>
      portal && (kind === 'past-due' || kind === 'unpaid') ? this.portal(portal, true) : nothing;
    return html`<div class="stack" role="status" ?hidden=${banners.length === 0}>
      ${banners.map((banner) => bannerNote(banner, next(banner)))}
    </div>`;
  }

  private seats(seats: number, inUse: number | null): TemplateResult {
    const { say, format } = this;
    return html`<div class="row between">
      <span>${say.seats}</span>
      <span class="number">
        <b>${format.number(seats)}</b>
        ${inUse === null ? nothing : html`<span class="muted">&middot; ${say.inUse(inUse, format)}</span>`}
      </span>
    </div>`;
  }

  private nextDate(status: PaidStatus): string | null {
    const { say, format } = this;
    const { endsAt, periodEnd } = status;
    if (endsAt) {
      return say.ends(shortDate(format, endsAt));
    }
    if (status.trialEndsAt) {
      return say.trialEnds(shortDate(format, status.trialEndsAt));
    }
    if (!periodEnd || status.status === 'past_due') {
      return null;
    }
    const ended = status.status === 'canceled' || status.status === 'unpaid';
    return ended ? say.openUntil(shortDate(format, periodEnd)) : say.renews(shortDate(format, periodEnd));
  }

  private portal(label: string, primary = false): TemplateResult {
    return html`<tg-portal .api=${this.api} .label=${label} ?primary=${primary}></tg-portal>`;
  }

  private readonly follow = (event: Event): void => {
    const detail = { url: this.upgradeUrl };
    const announcement = new CustomEvent('tg-upgrade', { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(announcement)) {
      event.preventDefault();
    }
  };
}

/** Then the banner itself leads to the portal. */
function isUnpaid({ status }: PaidStatus): boolean {
  return status === 'past_due' || status === 'unpaid';
}
