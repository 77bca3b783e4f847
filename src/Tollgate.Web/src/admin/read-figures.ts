import type { Answer } from '../api/answer';
import { type Bag, bag, currency, list, text, whole } from '../api/read';
import { get } from '../api/request';

/** Minor units by currency. */
export type Amounts = ReadonlyMap<string, number>;

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Point {
  readonly date: string;
  readonly revenue: Amounts;
  readonly seats: number;
  readonly plans: Bag;
  readonly failed: number;
  readonly recovered: number;
  readonly lost: number;
  readonly usage: Bag;
}

export interface Figures {
  readonly revenue: Amounts;
  readonly atRisk: Amounts;
  readonly subscriptions: number;
  readonly seats: number;
  readonly unpriced: number;
  readonly openFailures: number;
  readonly tiers: readonly { readonly name: string; readonly accounts: number }[];
  readonly plans: readonly Named[];
  readonly meters: readonly Named[];
  readonly series: readonly Point[];
}

export function readFigures(url: string): Promise<Answer<Figures>> {
  return get(url, (answer) => {
    const from = bag(answer, 'figures');
    const now = bag(from['now'], 'now');
    return {
      revenue: amounts(now, 'revenue'),
      atRisk: amounts(now, 'at_risk'),
      subscriptions: whole(now, 'subscriptions'),
      seats: whole(now, 'seats'),
      unpriced: whole(now, 'unpriced'),
      openFailures: whole(now, 'open_failures'),
      tiers: list(now, 'tiers', (value) => {
        const tier = bag(value, 'tier');
        return { name: text(tier, 'name'), accounts: whole(tier, 'accounts') };
      }),
      plans: list(from, 'plans', named),
      meters: list(from, 'meters', named),
      series: list(from, 'series', point),
    };
  });
}

/** How many `of` counts under a name; 0 where it does not name it. */
export function countOf(of: Bag, name: string): number {
  return of[name] === undefined ? 0 : whole(of, name);
}

function point(value: unknown): Point {
  const from = bag(value, 'point');
  const counts = (key: string): Bag => {
    const of = bag(from[key], key);
    Object.keys(of).forEach((name) => whole(of, name));
    return of;
  };
  return {
    date: text(from, 'date'),
    revenue: amounts(from, 'revenue'),
    seats: whole(from, 'seats'),
    plans: counts('plans'),
    failed: whole(from, 'failed'),
    recovered: whole(from, 'recovered'),
    lost: whole(from, 'lost'),
    usage: counts('usage'),
  };
}

function amounts(from: Bag, key: string): Amounts {
  return new Map(
    list(from, key, (value) => {
      const amount = bag(value, 'amount');
      return [currency(amount, 'currency'), whole(amount, 'amount_minor')] as const;
    }),
  );
}

function named(value: unknown): Named {
  const from = bag(value, 'named');
  return { id: text(from, 'id'), name: text(from, 'name') };
}
