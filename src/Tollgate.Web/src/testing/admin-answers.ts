/** Answers of the administration's API as the server gives them, for tests. Each call makes a fresh object to alter. */
export function accountRow() {
  return {
    account: 'acme',
    name: 'Acme',
    billing_email: 'billing@acme.test',
    customer: 'cus_1' as string | null,
    subscription: 'sub_1' as string | null,
    tier: 'team',
    is_overridden: false,
    status: 'past_due' as string | null,
    seats: 3 as number | null,
    paid_through: '2026-12-21T12:00:00Z' as string | null,
    past_due_since: '2026-12-21T12:00:00Z' as string | null,
    ends_at: null as string | null,
    open_alerts: 1,
  };
}

export function accountsAnswer() {
  const globex = { ...accountRow(), account: 'globex', name: 'Globex', tier: 'free', status: null, seats: null };
  return { accounts: [accountRow(), { ...globex, open_alerts: 0 }], next: null as string | null };
}

export function accountAnswer() {
  return {
    account: accountRow(),
    access: 'acme has Team: sub_1 is active and paid through 2026-12-21 12:00 UTC.',
    override: null as unknown,
    tiers: [
      { id: 'free', name: 'Free' },
      { id: 'enterprise', name: 'Enterprise' },
    ],
    refunds_and_disputes: [
      {
        id: 'du_1',
        kind: 'dispute',
        amount: { amount_minor: 1600, currency: 'jpy' },
        reason: 'fraudulent' as string | null,
        status: 'needs_response',
        at: '2026-11-21T09:00:00Z',
      },
    ],
    alerts: [{ account: 'acme', reason: 'double_billing', detail: 'sub_2', raised_at: '2026-11-21T09:00:00Z' }],
    timeline: [
      { at: '2026-11-21T12:00:01Z', kind: 'change', what: 'Plan: free -> team', detail: 'evt_1' },
      { at: '2026-11-21T12:00:00Z', kind: 'event', what: 'evt_1 invoice.paid', detail: 'applied' },
    ],
    next: null as number | null,
  };
}

export function eventsAnswer() {
  return {
    events: [
      {
        event_id: 'evt_1',
        type: 'invoice.paid',
        state: 'parked',
        reason: null as string | null,
        account: null,
        received_at: '2026-11-21T12:00:00Z',
        attempts: 2,
      },
    ],
    next: null as string | null,
  };
}

export function payloadAnswer() {
  return { event: eventsAnswer().events[0], payload: { id: 'evt_1', url: '(hidden)' }, can_replay: true };
}

export function driftAnswer() {
  return {
    runs: [
      {
        run_id: 2,
        is_dry_run: true,
        started_at: '2026-11-21T12:00:00Z',
        finished_at: '2026-11-21T12:00:02Z' as string | null,
        accounts_compared: 9,
        repaired: 0,
      },
    ],
    run: 2 as number | null,
    findings: [{ subject: 'acme', kind: 'drift', account: 'acme', change: 'Seats: 77 -> 3' as string | null }],
    next: null,
    alerts: accountAnswer().alerts,
  };
}

export function figuresAnswer() {
  const point = (date: string, minor: number, seats: number) => ({
    date,
    revenue: [{ currency: 'usd', amount_minor: minor }],
    seats,
    plans: { team: 1 } as Record<string, number>,
    failed: 0,
    recovered: 0,
    lost: 0,
    usage: { fix: seats } as Record<string, number>,
  });
  return {
    now: {
      as_of: '2026-11-21T12:00:00Z',
      revenue: [{ currency: 'usd', amount_minor: 6000 }],
      at_risk: [] as unknown[],
      subscriptions: 1,
      seats: 3,
      unpriced: 0,
      open_failures: 0,
      tiers: [
        { tier: 'free', name: 'Free', accounts: 1 },
        { tier: 'team', name: 'Team', accounts: 1 },
      ],
    },
    by: 'day',
    plans: [
      { id: 'free', name: 'Free' },
      { id: 'team', name: 'Team' },
    ],
    meters: [
      { id: 'fix', name: 'Fixes' },
      { id: 'doc_run', name: 'Doc runs' },
    ],
    series: [point('2026-11-20', 4000, 2), point('2026-11-21', 6000, 3)],
  };
}

export function actionsAnswer() {
  return {
    billing: { is_on: true, is_off_by_environment: false },
    actions: [
      {
        id: 1,
        at: '2026-11-21T12:00:00Z',
        author: 'admin@hydra.test',
        action: 'replay',
        account: 'acme',
        subject: 'evt_1',
        why: 'the customer is known now',
        outcome: 'done' as string | null,
      },
    ],
    next: null as number | null,
  };
}
