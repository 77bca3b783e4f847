/** Answers of the billing API as the server gives them, for tests. Each call makes a fresh object to alter. */
export function plansAnswer() {
  return {
    currency: 'usd',
    plans: [
      { id: 'free', name: 'Free', highlights: ['5 fixes in 30 days', '1 doc run'], prices: [] as unknown[] },
      {
        id: 'team',
        name: 'Team',
        highlights: ['Unlimited fixes', 'Up to 5 repos'],
        prices: [
          { id: 'team_monthly', interval: 'month', unit_amount: 2000, currency: 'usd' },
          { id: 'team_annual', interval: 'year', unit_amount: 19200, currency: 'usd' },
        ],
      },
      {
        id: 'business',
        name: 'Business',
        highlights: ['Everything in Team'],
        prices: [
          { id: 'business_monthly', interval: 'month', unit_amount: 4000, currency: 'usd' },
          { id: 'business_annual', interval: 'year', unit_amount: 38400, currency: 'usd' },
        ],
      },
      { id: 'enterprise', name: 'Enterprise', highlights: ['SSO', 'Full RBAC'], prices: [], contact: true },
    ],
    seats: { minimum: 2, maximum: 500, in_use: 2 },
    current_plan: 'free',
  };
}

export function freeAnswer(fixes = 0) {
  return {
    tier: 'free',
    tier_name: 'Free',
    limits: {
      fixes: { meter: 'fix', name: 'Fixes', used: fixes, limit: 5 },
      doc_runs: { meter: 'doc_run', name: 'Doc runs', used: 0, limit: 1 },
      linear_cycles: { meter: 'linear_cycle', name: 'Linear cycles', used: 2, limit: 5 },
    },
    reset_at: '2026-12-14T09:00:00Z' as string | null,
    now: '2026-12-02T09:00:00Z',
    billing_enabled: true,
    features: [],
    seats_in_use: 2,
  };
}

export function paidAnswer() {
  return {
    tier: 'team',
    tier_name: 'Team',
    seats: 3,
    status: 'active',
    period_end: '2027-11-21T12:00:00Z',
    price_id: 'team_annual',
    seats_in_use: 2,
    interval: 'year',
    ends_at: null as string | null,
    grace_ends_at: null as string | null,
    now: '2026-11-22T12:00:00Z',
    billing_enabled: true,
    features: ['custom_agent_rules'],
  };
}

export function limitProblem() {
  return {
    code: 'free_tier_limit_reached',
    title: 'Free limit reached',
    detail: 'All 5 fixes of this window are used.',
    status: 402,
    workflow_type: 'fix',
    used: 5,
    limit: 5,
    reset_at: '2026-12-14T09:00:00Z',
    upgrade_url: '/billing/upgrade',
  };
}

export function quoteAnswer() {
  return {
    amount_due: 9600,
    currency: 'usd',
    proration_date: 1795348800,
    lines: [
      { description: 'Unused time', amount: -4800 },
      { description: 'Remaining time', amount: 14400 },
    ],
    due_now: 9600,
    next_invoice_total: 76800,
  };
}
