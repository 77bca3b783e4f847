import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { FeedController, statusFeed } from '../api/feed';
import { LiveController } from '../api/live';
import type { FreeStatus, PaidStatus, Status } from '../api/status';
import { TollgateElement } from '../look/tollgate-element';
import { daysUntil } from '../text/format';
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

  private readonly feed = new FeedController(this, () => statusFeed(this.endpoint));

  constructor() {
    super();
    new LiveController(this, () => this.endpoint);
  }

  protected override render(): TemplateResult {
    const answer = this.feed.current;
    if (answer === null) {
      const name = html`<div class="bone name" aria-hidden="true"></div>`;
      return html`<div class="card stack">${name}${metersSkeleton(this.say)}</div>`;
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
    const off = html`<h2>${status.tierName}</h2><div class="note"><p>${this.say.billingOff}</p></div>`;
    return status.billingEnabled ? this.free(status) : off;
  }

  private free(status: FreeStatus): TemplateResult {
    const { say, format, upgradeUrl } = this;
    const limited = status.limits.length > 0;
    return html`<div class="row between">
        <h2>${status.tierName}</h2>
        <span class="muted number">${limited ? resetText(status, say, format) : nothing}</span>
      </div>
      ${limited ? meters(status, say, format) : html`<p class="muted">${say.nothingLimited(status.tierName)}</p>`}
      <a class="button" href=${upgradeUrl} @click=${this.follow}>${say.upgrade}</a>`;
  }

  private paid(status: PaidStatus): TemplateResult {
    const { say, format } = this;
    const interval = status.interval === 'year' ? say.annual : status.interval === 'month' ? say.monthly : null;
    const inUse = status.seatsInUse;
    return html`<div class="row between">
        <div class="row plan">
          <h2>${status.tierName}</h2>
          ${interval === null ? nothing : html`<span class="tag">${interval}</span>`}
        </div>
        <span class="muted number">${this.nextDate(status) ?? nothing}</span>
      </div>
      ${this.warning(status)}
      ${status.seats === null ? nothing : this.seats(status.seats, inUse)}
      ${status.seats !== null && inUse !== null && inUse > status.seats
        ? html`<div class="note warn"><p>${say.moreDevelopersThanSeats(inUse - status.seats, format)}</p></div>`
        : nothing}
      ${status.status === null || isUnpaid(status) ? nothing : this.portal(say.manageSubscription)}
      <slot name="actions"></slot>`;
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
      return say.ends(format.date(endsAt));
    }
    if (!periodEnd || status.status === 'past_due') {
      return null;
    }
    const ended = status.status === 'canceled' || status.status === 'unpaid';
    return ended ? say.openUntil(format.date(periodEnd)) : say.renews(format.date(periodEnd));
  }

  private warning(status: PaidStatus): TemplateResult | typeof nothing {
    const { say, format } = this;
    const now = status.now ?? new Date();
    const day = (date: Date) => format.day(date, now);
    const until = status.periodEnd ? say.planUntil(status.tierName, day(status.periodEnd)) : '';
    switch (status.status) {
      case 'past_due': {
        const grace = status.graceEndsAt;
        const rest = grace ? say.worksUntil(day(grace), daysUntil(grace, now), format) : say.worksMeanwhile;
        return banner(say.cardFailed, rest, this.portal(say.payNow));
      }
      case 'canceled':
        return banner(say.subscriptionEnded, until);
      case 'unpaid':
        return banner(say.invoiceUnpaid, until, this.portal(say.payNow));
    }
    return status.endsAt
      ? html`<div class="note"><p>${say.endsThen(status.tierName, day(status.endsAt))}</p></div>`
      : nothing;
  }

  private portal(label: string): TemplateResult {
    return html`<tg-portal .api=${this.api} .label=${label}></tg-portal>`;
  }

  private readonly follow = (event: Event): void => {
    const detail = { url: this.upgradeUrl };
    const told = new CustomEvent('tg-upgrade', { detail, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(told)) {
      event.preventDefault();
    }
  };
}

function banner(what: string, then: string, next: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="note warn">
    <p role="status"><b>${what}</b><br />${then}</p>
    ${next}
  </div>`;
}

/** Then the banner itself leads to the portal. */
function isUnpaid({ status }: PaidStatus): boolean {
  return status === 'past_due' || status === 'unpaid';
}
