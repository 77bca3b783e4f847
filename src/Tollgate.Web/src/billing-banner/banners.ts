import { html, nothing, type TemplateResult } from 'lit';
import { nounOf } from '../api/nouns';
import type { PaidStatus, Status } from '../api/status';
import type { Messages } from '../text/en';
import { daysUntil, type Format } from '../text/format';

type Part = TemplateResult | typeof nothing;

/** What an account should know now: what happened, what follows, and where a reader goes on. */
export interface Banner {
  readonly kind: 'off' | 'past-due' | 'unpaid' | 'ended' | 'trial' | 'ends' | 'over-seats' | 'given';
  readonly what: string;
  readonly then: string;
  /** What the button to the portal says; the way to more seats is the host's. */
  readonly portal?: string;
}

/** A trial is worth a banner in its last days. */
const trialNearDays = 7;

/** What is to be said of this status, the most urgent first. */
export function bannersOf(status: Status, say: Messages, format: Format): readonly Banner[] {
  if (!status.billingEnabled) {
    return [{ kind: 'off', what: '', then: say.billingOff }];
  }
  if (status.kind !== 'paid') {
    const { cardFailed: what, closedUntilPaid: then, payNow: portal } = say;
    return status.isPaymentOutstanding ? [{ kind: 'unpaid', what, then, portal }] : [];
  }
  return [ofStatus(status, say, format), overSeats(status, say, format)].filter((banner) => banner !== null);
}

export function bannerNote({ kind, what, then }: Banner, next: Part = nothing): TemplateResult {
  const tone = kind === 'off' || kind === 'ends' || kind === 'trial' || kind === 'given' ? 'note' : 'note warn';
  return html`<div class=${tone} data-kind=${kind}>
    <p>${what ? html`<b>${what}</b>` : nothing} ${what && then ? html`<br />` : nothing}${then}</p>
    ${next}
  </div>`;
}

function ofStatus(status: PaidStatus, say: Messages, format: Format): Banner | null {
  const now = status.now ?? new Date();
  const plan = status.tierName;
  const day = (date: Date) => format.day(date, now);
  const until = status.periodEnd ? say.planUntil(plan, day(status.periodEnd)) : '';
  switch (status.status) {
    case 'past_due': {
      const grace = status.graceEndsAt;
      const then = grace ? say.worksUntil(day(grace), daysUntil(grace, now), format) : say.worksMeanwhile;
      return { kind: 'past-due', what: say.cardFailed, then, portal: say.payNow };
    }
    case 'canceled':
      return { kind: 'ended', what: say.subscriptionEnded, then: until };
    case 'unpaid':
      return { kind: 'unpaid', what: say.invoiceUnpaid, then: until, portal: say.payNow };
  }
  if (status.endsAt) {
    const what = say.endsOn(plan, day(status.endsAt));
    return { kind: 'ends', what, then: say.worksUntilThen, portal: say.keepPlan(plan) };
  }
  if (status.trialEndsAt && daysUntil(status.trialEndsAt, now) <= trialNearDays) {
    const what = say.trialEndsOn(plan, day(status.trialEndsAt));
    return { kind: 'trial', what, then: say.trialThen, portal: say.addCard };
  }
  if (!status.isGiven) {
    return null;
  }
  const then = status.givenUntil ? say.givenUntil(plan, day(status.givenUntil)) : say.given(plan);
  return { kind: 'given', what: '', then };
}

function overSeats({ seats, seatsInUse, seatHolder }: PaidStatus, say: Messages, format: Format): Banner | null {
  const missing = seats === null || seatsInUse === null ? 0 : seatsInUse - seats;
  const who = nounOf(seatHolder, format.locale) ?? say.seatHolder;
  return missing > 0 ? { kind: 'over-seats', what: '', then: say.moreThanSeats(missing, who, format) } : null;
}
