import { type Nouns, readNouns } from './nouns';
import { bag, currency, eachText, flag, list, Malformed, optional, optionalText, text, whole } from './read';

export type Interval = 'month' | 'year';

/** `unitAmount` is per seat and interval, in minor units of `currency` (lower case ISO 4217). */
export interface Price {
  readonly id: string;
  readonly interval: Interval;
  readonly unitAmount: number;
  readonly currency: string;
}

export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly highlights: readonly string[];
  readonly prices: readonly Price[];
  /** Sold by people, not by Checkout. */
  readonly contact: boolean;
  /** Days for nothing, for who never had any; null where there are none. */
  readonly trialDays: number | null;
  /** What it allows of each meter that it limits, by the meter's id. */
  readonly limits: Readonly<Record<string, number>>;
}

export interface Plans {
  readonly currency: string;
  readonly plans: readonly Plan[];
  readonly seats: {
    readonly minimum: number;
    readonly maximum: number;
    readonly inUse: number;
    readonly holder: Nouns;
  };
  readonly currentPlan: string | null;
}

/** Reads `GET {api}/plans`. */
export function readPlans(body: unknown): Plans {
  const from = bag(body, 'plans');
  const seats = bag(from['seats'], 'seats');
  const plans = list(from, 'plans', readPlan);
  const minimum = whole(seats, 'minimum');
  const maximum = whole(seats, 'maximum');
  if (plans.length === 0 || minimum < 1 || maximum < minimum) {
    throw new Malformed('plans');
  }
  return {
    currency: currency(from, 'currency'),
    plans,
    seats: { minimum, maximum, inUse: whole(seats, 'in_use'), holder: readNouns(seats, 'holder') },
    currentPlan: optionalText(from, 'current_plan'),
  };
}

export function priceOf(plan: Plan, interval: Interval): Price | null {
  return plan.prices.find((price) => price.interval === interval) ?? null;
}

/** What a year costs less per seat when paid at once, in minor units, and in whole percent; null when it does not. */
export function yearlySaving(plan: Plan): { readonly amount: number; readonly percent: number } | null {
  const month = priceOf(plan, 'month');
  const year = priceOf(plan, 'year');
  if (!month || !year || month.currency !== year.currency) {
    return null;
  }
  const amount = month.unitAmount * 12 - year.unitAmount;
  return amount > 0 ? { amount, percent: Math.round((amount * 100) / (month.unitAmount * 12)) } : null;
}

function readPlan(value: unknown): Plan {
  const from = bag(value, 'plan');
  return {
    id: text(from, 'id'),
    name: text(from, 'name'),
    highlights: list(from, 'highlights', eachText),
    prices: list(from, 'prices', readPrice),
    contact: flag(from, 'contact', false),
    limits: bag(from['limits'] ?? {}, 'limits') as Plan['limits'],
    trialDays: optional(from, 'trial', (trial) => whole(bag(trial, 'trial'), 'days')),
  };
}

function readPrice(value: unknown): Price {
  const from = bag(value, 'price');
  const interval = text(from, 'interval');
  if (interval !== 'month' && interval !== 'year') {
    throw new Malformed('interval');
  }
  const unitAmount = whole(from, 'unit_amount');
  return { id: text(from, 'id'), interval, unitAmount, currency: currency(from, 'currency') };
}
