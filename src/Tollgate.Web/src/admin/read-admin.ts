import { get, post } from '../api/request';
import type { Answer } from '../api/answer';
import {
  type Bag,
  bag,
  flag,
  list,
  Malformed,
  moment,
  optionalMoment,
  optionalText,
  optionalWhole,
  text,
  whole,
} from '../api/read';
import type { Page } from './listing';
import { type RefundOrDispute, refundOrDispute } from './read-refund-or-dispute';

export interface AccountRow {
  readonly account: string;
  readonly name: string;
  readonly email: string;
  readonly customer: string | null;
  readonly subscription: string | null;
  readonly tier: string;
  readonly isOverridden: boolean;
  /** When that ends by itself; null where it does not, or there is none. */
  readonly overrideUntil: Date | null;
  readonly status: string | null;
  readonly seats: number | null;
  readonly paidThrough: Date | null;
  readonly pastDueSince: Date | null;
  readonly endsAt: Date | null;
  readonly alerts: number;
}

export interface Alert {
  readonly account: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly raisedAt: Date;
}

export interface Override {
  readonly tier: string;
  readonly author: string;
  readonly reason: string;
  /** Null for no end. */
  readonly until: Date | null;
}

export interface AccountDetails {
  readonly account: AccountRow;
  readonly access: string;
  readonly override: Override | null;
  readonly tiers: readonly { readonly id: string; readonly name: string }[];
  readonly refundsAndDisputes: readonly RefundOrDispute[];
  readonly alerts: readonly Alert[];
}

export interface TimelineEntry {
  readonly at: Date;
  readonly kind: string;
  readonly what: string;
  readonly detail: string;
}

export interface InboxEvent {
  readonly id: string;
  readonly type: string;
  readonly state: string;
  readonly reason: string | null;
  readonly account: string | null;
  readonly receivedAt: Date;
  readonly attempts: number;
}

export interface Payload {
  readonly json: string;
  readonly canReplay: boolean;
}

export interface DriftRun {
  readonly id: string;
  readonly isDry: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly accountsCompared: number;
  readonly repaired: number;
}

export interface Drift {
  readonly runs: readonly DriftRun[];
  readonly run: string | null;
  readonly alerts: readonly Alert[];
}

export interface Finding {
  readonly subject: string;
  readonly kind: string;
  readonly account: string | null;
  readonly change: string | null;
}

export interface Action {
  readonly at: Date;
  readonly author: string;
  readonly action: string;
  readonly account: string | null;
  readonly subject: string;
  readonly why: string;
  readonly outcome: string | null;
}

export interface Switch {
  readonly isOn: boolean;
  readonly isOffByEnvironment: boolean;
}

/** POST to an action; what it answers says no more than that it was done. */
export function act(url: string, body: unknown): Promise<Answer<string>> {
  return post(url, body, (answer) => text(bag(answer, 'answer'), 'status'));
}

export function readAccounts(url: string): Promise<Answer<Page<AccountRow, true>>> {
  return get(url, (answer) => {
    const from = bag(answer, 'accounts');
    return { items: list(from, 'accounts', accountRow), rest: true, next: cursor(from, 'after') };
  });
}

export function readAccount(url: string): Promise<Answer<Page<TimelineEntry, AccountDetails>>> {
  return get(url, (answer) => {
    const from = bag(answer, 'account');
    const rest = {
      account: accountRow(from['account']),
      access: text(from, 'access'),
      override: from['override'] === null ? null : override(from['override']),
      tiers: list(from, 'tiers', tier),
      refundsAndDisputes: list(from, 'refunds_and_disputes', refundOrDispute),
      alerts: list(from, 'alerts', alert),
    };
    return { items: list(from, 'timeline', timelineEntry), rest, next: cursor(from, 'before') };
  });
}

export function readEvents(url: string): Promise<Answer<Page<InboxEvent, true>>> {
  return get(url, (answer) => {
    const from = bag(answer, 'events');
    return { items: list(from, 'events', inboxEvent), rest: true, next: cursor(from, 'after') };
  });
}

export function readPayload(url: string): Promise<Answer<Payload>> {
  return get(url, (answer) => {
    const from = bag(answer, 'event');
    return { json: JSON.stringify(from['payload'], null, 2), canReplay: flag(from, 'can_replay', false) };
  });
}

export function readDrift(url: string): Promise<Answer<Page<Finding, Drift>>> {
  return get(url, (answer) => {
    const from = bag(answer, 'drift');
    const run = optionalWhole(from, 'run');
    const rest = {
      runs: list(from, 'runs', driftRun),
      run: run === null ? null : `${run}`,
      alerts: list(from, 'alerts', alert),
    };
    const at = from['next'] === null ? null : bag(from['next'], 'next');
    const next = at && `${new URLSearchParams({ subject: text(at, 'subject'), kind: text(at, 'kind') })}`;
    return { items: list(from, 'findings', finding), rest, next };
  });
}

export function readActions(url: string): Promise<Answer<Page<Action, Switch>>> {
  return get(url, (answer) => {
    const from = bag(answer, 'actions');
    const billing = bag(from['billing'], 'billing');
    const rest = {
      isOn: flag(billing, 'is_on', true),
      isOffByEnvironment: flag(billing, 'is_off_by_environment', false),
    };
    return { items: list(from, 'actions', action), rest, next: cursor(from, 'before') };
  });
}

function accountRow(value: unknown): AccountRow {
  const from = bag(value, 'account');
  return {
    account: text(from, 'account'),
    name: text(from, 'name'),
    email: text(from, 'billing_email'),
    customer: optionalText(from, 'customer'),
    subscription: optionalText(from, 'subscription'),
    tier: text(from, 'tier'),
    isOverridden: flag(from, 'is_overridden', false),
    overrideUntil: optionalMoment(from, 'override_until'),
    status: optionalText(from, 'status'),
    seats: optionalWhole(from, 'seats'),
    paidThrough: optionalMoment(from, 'paid_through'),
    pastDueSince: optionalMoment(from, 'past_due_since'),
    endsAt: optionalMoment(from, 'ends_at'),
    alerts: whole(from, 'open_alerts'),
  };
}

function tier(value: unknown): AccountDetails['tiers'][number] {
  const from = bag(value, 'tier');
  return { id: text(from, 'id'), name: text(from, 'name') };
}

function override(value: unknown): Override {
  const from = bag(value, 'override');
  const until = optionalMoment(from, 'until');
  return { tier: text(from, 'tier'), author: text(from, 'author'), reason: text(from, 'reason'), until };
}

function alert(value: unknown): Alert {
  const from = bag(value, 'alert');
  return {
    account: optionalText(from, 'account'),
    reason: text(from, 'reason'),
    detail: anyText(from, 'detail'),
    raisedAt: moment(from, 'raised_at'),
  };
}

function timelineEntry(value: unknown): TimelineEntry {
  const from = bag(value, 'entry');
  return {
    at: moment(from, 'at'),
    kind: text(from, 'kind'),
    what: text(from, 'what'),
    detail: anyText(from, 'detail'),
  };
}

function inboxEvent(value: unknown): InboxEvent {
  const from = bag(value, 'event');
  return {
    id: text(from, 'event_id'),
    type: text(from, 'type'),
    state: text(from, 'state'),
    reason: optionalText(from, 'reason'),
    account: optionalText(from, 'account'),
    receivedAt: moment(from, 'received_at'),
    attempts: whole(from, 'attempts'),
  };
}

function driftRun(value: unknown): DriftRun {
  const from = bag(value, 'run');
  return {
    id: `${whole(from, 'run_id')}`,
    isDry: flag(from, 'is_dry_run', false),
    startedAt: moment(from, 'started_at'),
    finishedAt: optionalMoment(from, 'finished_at'),
    accountsCompared: whole(from, 'accounts_compared'),
    repaired: whole(from, 'repaired'),
  };
}

function finding(value: unknown): Finding {
  const from = bag(value, 'finding');
  return {
    subject: text(from, 'subject'),
    kind: text(from, 'kind'),
    account: optionalText(from, 'account'),
    change: optionalText(from, 'change'),
  };
}

function action(value: unknown): Action {
  const from = bag(value, 'action');
  return {
    at: moment(from, 'at'),
    author: text(from, 'author'),
    action: text(from, 'action'),
    account: optionalText(from, 'account'),
    subject: text(from, 'subject'),
    why: text(from, 'why'),
    outcome: optionalText(from, 'outcome'),
  };
}

/** The query of the next page, from a cursor that is a text or a number; null on the last page. */
function cursor(from: Bag, parameter: string): string | null {
  const next = from['next'];
  return next === null || next === undefined ? null : `${new URLSearchParams({ [parameter]: `${next}` })}`;
}

function anyText(from: Bag, key: string): string {
  const value = from[key];
  if (typeof value !== 'string') {
    throw new Malformed(`${key} is not a text`);
  }
  return value;
}
