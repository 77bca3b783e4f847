import type { Format } from '../format';

/** Every sentence of the administration's components, in English. */
export const admin = {
  more: 'Show more',
  earlier: 'Show earlier',
  loadingMore: 'Loading...',
  nothing: 'Nothing here.',
  why: 'Why',
  whyHint: 'Kept with your name.',
  confirm: 'Confirm',
  keep: 'Keep as it is',
  working: 'Working...',
  notAllowed: 'This page is for administrators.',

  // accounts
  accounts: 'Accounts',
  search: 'Find accounts',
  searchHint: 'Name, e-mail, account id, or Stripe id of a customer or subscription',
  find: 'Find',
  noAccounts: 'No account matches.',
  shown: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} account shown`, other: `${f.number(count)} accounts shown` }),
  override: 'override',
  alerts: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} alert`, other: `${f.number(count)} alerts` }),
  seats: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} seat`, other: `${f.number(count)} seats` }),

  // one account
  noAccount: 'The address names no account.',
  facts: {
    account: 'Account',
    email: 'Billing e-mail',
    customer: 'Customer',
    subscription: 'Subscription',
    status: 'Status',
    seats: 'Seats',
    paidThrough: 'Paid through',
    pastDueSince: 'Past due since',
    endsAt: 'Ends',
  },
  withoutEnd: 'without end',
  onlyWithoutEnd: 'Only tiers that were set without an end',
  overrideWithoutEnd: (tier: string, author: string) => `${author} set ${tier} without an end.`,
  overrideOf: (tier: string, author: string, until: string) => `${author} set ${tier} until ${until}.`,
  openAlerts: 'Open alerts',
  refundsAndDisputes: 'Refunds and disputes',
  timeline: 'Timeline',
  timelineHint: 'The newest first; times are billing time, in UTC.',
  refreshNow: 'Refresh now',
  refreshDone: 'Requested. The result is in the timeline in a moment.',
  setTier: 'Set a tier',
  tier: 'Tier',
  until: 'Until (UTC); empty for no end',
  tierSet: 'Set. It holds until its end or until it is taken back, whatever Stripe says.',
  takeBack: 'Take the override back',
  takenBack: 'Taken back. What Stripe says holds again.',

  // inbox
  events: 'Events',
  state: 'State',
  anyState: 'Any state',
  type: 'Type',
  account: 'Account',
  filter: 'Filter',
  noEvents: 'No event matches.',
  payload: 'Payload',
  payloadOf: (id: string) => `Payload of ${id}`,
  payloadHint: 'Secrets and links that open without a sign-in are hidden.',
  attempts: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} attempt`, other: `${f.number(count)} attempts` }),
  replay: 'Replay',
  replayed: (id: string) => `${id} starts again from the beginning.`,

  // drift
  runs: 'Reconciles',
  noRuns: 'No reconcile has run yet.',
  dryRun: 'dry run',
  running: 'running',
  compared: (compared: number, repaired: number, f: Format) =>
    `${f.number(compared)} compared, ${f.number(repaired)} repaired`,
  runDry: 'Dry run now',
  runStarted: 'A dry run compares every account with Stripe and changes nothing.',
  runUnderWay: 'A reconcile is under way already.',
  findings: (run: string) => `Found by run ${run}`,
  noFindings: 'Nothing differed.',
  noAlerts: 'No alert is open.',
  show: 'Show',
  showRun: (run: string) => `Show what run ${run} found`,

  // figures
  byDay: 'By day',
  byMonth: 'By month',
  range: 'Range',
  now: 'Now',
  mrr: 'Monthly recurring revenue',
  mrrIs:
    'MRR is seats times the price of a month, or a twelfth of the price of a year, of every subscription that is ' +
    'active or past due, at the prices of the catalog. Trials, overrides and what is sold off Stripe are no revenue. ' +
    'Discounts, taxes and prorations are not in it.',
  none: 'none',
  atRisk: 'of it past due',
  subscriptions: 'Paying subscriptions',
  seatsPaid: 'Seats',
  openFailures: 'Open failed payments',
  unpriced: (count: number, f: Format) =>
    f.plural(count, {
      one: 'One subscription has a price that the catalog does not know. It is not in the MRR.',
      other: `${f.number(count)} subscriptions have prices that the catalog does not know. They are not in the MRR.`,
    }),
  tiers: 'Accounts by tier',
  plans: 'Paying subscriptions by plan',
  failures: 'Failed payments',
  began: 'Began',
  recovered: 'Recovered',
  lost: 'Lost',
  usage: 'Usage by meter',
  historyFrom: (day: string) => `History begins on ${day}; before that nothing was written down.`,
  noHistory: 'Nothing has been written down yet.',
  asTable: 'As a table',
  tableOf: (name: string) => `${name}, as a table`,
  date: 'Date',
  chartSays: (line: string, first: string, last: string, most: string) =>
    `${line}: ${first} at first, ${last} at last, ${most} at most.`,

  // what was done
  billingIsOn: 'Billing is on.',
  billingIsOff: 'Billing is off: every gate is open, nothing can be bought, events wait.',
  offByEnvironment: 'The environment says BILLING_ENABLED=false, which wins over the switch.',
  turnOff: 'Switch billing off',
  turnOn: 'Switch billing on',
  switched: 'Done. All nodes follow within a second.',
  actions: 'What administrators did',
  noActions: 'Nothing was done from here yet.',
  by: 'by',
  underWay: 'under way',
};

export type AdminMessages = typeof admin;
