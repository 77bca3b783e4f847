const developers = {
  en: { one: 'developer', many: 'developers' },
  de: { one: 'Entwickler', many: 'Entwickler' },
};

function noun(one: string, many: string, german = one, germanMany = many) {
  return { en: { one, many }, de: { one: german, many: germanMany } };
}

/** A paid plan that limits something, of a product that calls its things in its own way. */
export function limitedAnswer(exports = 10) {
  return {
    ...paidAnswer(),
    tier: 'starter',
    tier_name: 'Starter',
    price_id: 'starter_monthly',
    interval: 'month',
    seat_holder: { en: { one: 'pilot', many: 'pilots' }, de: { one: 'Pilotin', many: 'Pilotinnen' } },
    limits: {
      exports: {
        meter: 'export',
        name: 'Exports',
        used: exports,
        limit: 10 as number | null,
        noun: noun('export', 'exports', 'Export', 'Exporte'),
      },
    },
    reset_at: '2026-12-14T12:00:00Z' as string | null,
  };
}

/** Starter allows ten exports, Pro five hundred; both by the month alone, and nobody buys seats. */
export function limitedPlansAnswer() {
  const plan = (id: string, name: string, amount: number, limits: Record<string, number>) => ({
    id,
    name,
    highlights: [`${limits['export']} exports`],
    prices: [{ id: `${id}_monthly`, interval: 'month', unit_amount: amount, currency: 'usd' }] as unknown[],
    limits,
  });
  return {
    currency: 'usd',
    plans: [plan('starter', 'Starter', 900, { export: 10 }), plan('pro', 'Pro', 4900, { export: 500 })],
    seats: { minimum: 1, maximum: 1, in_use: 1, holder: { en: { one: 'pilot', many: 'pilots' } } },
    current_plan: 'starter',
  };
}

/** An account without a subscription, where there is no free plan. */
export function noPlanAnswer() {
  return {
    kind: 'none',
    tier: 'none',
    tier_name: 'No plan',
    billing_enabled: true,
    features: [],
    seats_in_use: 1,
    now: '2026-12-02T09:00:00Z',
  };
}

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
    seats: { minimum: 2, maximum: 500, in_use: 2, holder: developers },
    current_plan: 'free',
  };
}

export function freeAnswer(fixes = 0) {
  return {
    kind: 'free',
    tier: 'free',
    tier_name: 'Free',
    seat_holder: developers,
    limits: {
      fixes: {
        meter: 'fix',
        name: 'Fixes',
        used: fixes,
        limit: 5,
        noun: noun('fix', 'fixes', 'Korrektur', 'Korrekturen'),
      },
      doc_runs: { meter: 'doc_run', name: 'Doc runs', used: 0, limit: 1, noun: noun('doc run', 'doc runs') },
      linear_cycles: {
        meter: 'linear_cycle',
        name: 'Linear cycles',
        used: 2,
        limit: 5,
        noun: noun('Linear cycle', 'Linear cycles'),
      },
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
    kind: 'paid',
    tier: 'team',
    tier_name: 'Team',
    seat_holder: developers,
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
    meter: 'fix',
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
