import { type Nouns, readNouns } from './nouns';
import { bag, eachText, flag, list, moment, optional, optionalMoment, optionalText } from './read';
import { optionalWhole, text, whole } from './read';

/** How much of one meter is used in the present window; `limit` null is unlimited. `name` is for people ("Fixes"). */
export interface Limit {
  readonly meter: string;
  readonly name: string;
  readonly nouns: Nouns;
  readonly used: number;
  readonly limit: number | null;
}

interface AnyStatus {
  readonly tier: string;
  readonly tierName: string;
  /** False while the kill switch is off: nothing is limited and nothing can be bought. */
  readonly billingEnabled: boolean;
  readonly features: readonly string[];
  readonly seatsInUse: number | null;
  /** The server's billing time, where it says so: days left are counted from it, not from the reader's clock. */
  readonly now: Date | null;
  /** What the plan limits of use; empty where it limits nothing. */
  readonly limits: readonly Limit[];
  /** Null until the first run opens a window. */
  readonly resetAt: Date | null;
  /** Who sits on a seat. */
  readonly seatHolder: Nouns;
}

/** On the free plan, or on none. */
export interface FreeStatus extends AnyStatus {
  readonly kind: 'free' | 'none';
  /** A plan was closed because its last invoice is not paid: that is paid, and nothing is bought anew. */
  readonly isPaymentOutstanding: boolean;
}

/** `status` is Stripe's word as mirrored (active, past_due, canceled, unpaid); null where Stripe is not involved. */
export interface PaidStatus extends AnyStatus {
  readonly kind: 'paid';
  readonly seats: number | null;
  readonly status: string | null;
  readonly periodEnd: Date | null;
  readonly priceId: string | null;
  readonly interval: string | null;
  readonly endsAt: Date | null;
  readonly graceEndsAt: Date | null;
  readonly trialEndsAt: Date | null;
  readonly addOns: readonly AddOn[];
  readonly scheduled: Scheduled | null;
  readonly pending: Pending | null;
  /** Until when a tier holds that was set by hand. */
  readonly isGiven: boolean;
  /** When that ends by itself; null where it does not. */
  readonly givenUntil: Date | null;
}

/** What is held beside the plan; `quantity` is null for what is metered. */
export interface AddOn {
  readonly name: string;
  readonly quantity: number | null;
}

/** A change that is arranged for the end of the period. */
export interface Scheduled {
  readonly priceId: string;
  readonly seats: number;
  readonly at: Date;
}

/** A change that waits for its payment to be confirmed; `confirmAt` for those who pay. */
export interface Pending {
  readonly priceId: string;
  readonly seats: number;
  readonly expiresAt: Date;
  readonly confirmAt: string | null;
}

export type Status = FreeStatus | PaidStatus;

/** Reads `GET {api}/status`. */
export function readStatus(body: unknown): Status {
  const from = bag(body, 'status');
  const tier = text(from, 'tier');
  const any: AnyStatus = {
    tier,
    tierName: optionalText(from, 'tier_name') ?? tier,
    billingEnabled: flag(from, 'billing_enabled', true),
    features: list(from, 'features', eachText),
    seatsInUse: optionalWhole(from, 'seats_in_use'),
    now: optionalMoment(from, 'now'),
    limits: Object.values(bag(from['limits'] ?? {}, 'limits')).map(readLimit),
    resetAt: optionalMoment(from, 'reset_at'),
    seatHolder: readNouns(from, 'seat_holder'),
  };
  const kind = text(from, 'kind');
  if (kind === 'free' || kind === 'none') {
    return { kind, ...any, isPaymentOutstanding: optionalText(from, 'status') !== null };
  }
  return {
    kind: 'paid',
    ...any,
    seats: optionalWhole(from, 'seats'),
    status: optionalText(from, 'status'),
    periodEnd: optionalMoment(from, 'period_end'),
    priceId: optionalText(from, 'price_id'),
    interval: optionalText(from, 'interval'),
    endsAt: optionalMoment(from, 'ends_at'),
    graceEndsAt: optionalMoment(from, 'grace_ends_at'),
    trialEndsAt: optionalMoment(from, 'trial_ends_at'),
    addOns: list(from, 'add_ons', readAddOn),
    scheduled: optional(from, 'scheduled_change', readScheduled),
    pending: optional(from, 'pending_change', readPending),
    isGiven: optional(from, 'override', (given) => bag(given, 'override')) !== null,
    givenUntil: optional(from, 'override', (given) => optionalMoment(bag(given, 'override'), 'until')),
  };
}

/** A subscription that Checkout would be refused for. One that ended may be bought anew, paid time or not. */
export function isSubscribed(status: Status): boolean {
  return status.kind === 'paid' ? status.status !== 'canceled' : status.isPaymentOutstanding;
}

/** A subscription whose seats and plan can be changed: what is unpaid is paid first, what has ended is bought anew. */
export function canBeChanged(status: Status): status is PaidStatus & { readonly seats: number } {
  const running = status.kind === 'paid' && (status.status === 'active' || status.status === 'trialing');
  return running && status.billingEnabled && status.priceId !== null && status.seats !== null;
}

export function isReached(limit: Limit): boolean {
  return limit.limit !== null && limit.used >= limit.limit;
}

function readLimit(value: unknown): Limit {
  const from = bag(value, 'limit');
  return {
    meter: text(from, 'meter'),
    name: text(from, 'name'),
    nouns: readNouns(from, 'noun'),
    used: whole(from, 'used'),
    limit: optionalWhole(from, 'limit'),
  };
}

function readAddOn(value: unknown): AddOn {
  const from = bag(value, 'add-on');
  return { name: text(from, 'name'), quantity: optionalWhole(from, 'quantity') };
}

function readScheduled(value: unknown): Scheduled {
  const from = bag(value, 'scheduled_change');
  return { priceId: text(from, 'price_id'), seats: whole(from, 'seats'), at: moment(from, 'effective_at') };
}

function readPending(value: unknown): Pending {
  const from = bag(value, 'pending_change');
  return {
    priceId: text(from, 'price_id'),
    seats: whole(from, 'seats'),
    expiresAt: moment(from, 'expires_at'),
    confirmAt: optionalText(from, 'payment_url'),
  };
}
