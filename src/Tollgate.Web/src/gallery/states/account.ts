import { freeAnswer, limitProblem, paidAnswer, plansAnswer } from '../../testing/answers';
import { type Api, json } from '../../testing/api';
import type { UpgradePrompt } from '../../upgrade-prompt/upgrade-prompt.component';
import { brokenPage, type Exhibit, hostileName, longName, never, press, type State } from '../state';

type Answer = State['answer'];

const paid = paidAnswer();
const status =
  (given: unknown): Answer =>
  (api: Api) =>
    api.on('status', given).on('plans', plansAnswer());

const pastDue = { ...paid, status: 'past_due', grace_ends_at: '2026-11-28T12:00:00Z' };
const lastDay = { ...pastDue, grace_ends_at: '2026-11-22T18:00:00Z' };
const unpaid = { ...paid, status: 'unpaid' };
const ended = { ...paid, status: 'canceled' };
const ending = { ...paid, ends_at: '2027-11-21T12:00:00Z' };
const trial = { ...paid, period_end: '2026-11-25T12:00:00Z', trial_ends_at: '2026-11-25T12:00:00Z' };
const crowded = { ...paid, seats_in_use: 4 };
const given = {
  ...{ kind: 'paid', tier: 'enterprise', tier_name: 'Enterprise', billing_enabled: true, features: [], now: paid.now },
  override: { tier: 'enterprise', until: '2027-01-31T00:00:00Z' },
};
const givenForGood = { ...given, override: { tier: 'enterprise', until: null } };
const scheduled = {
  ...paid,
  scheduled_change: { price_id: 'business_monthly', seats: 3, effective_at: '2027-11-21T12:00:00Z' },
};
const addOns = [
  { id: 'audit', name: 'Audit exports', quantity: 1 },
  { id: 'minutes', name: 'Build minutes', quantity: null },
];
const off = { ...freeAnswer(), billing_enabled: false };
const unlimited = { ...freeAnswer(), limits: { fixes: { meter: 'fix', name: 'Fixes', used: 9, limit: null } } };

/** A component that shows the account's status and nothing else. */
function states(markup: string, each: readonly (readonly [name: string, given: unknown, words: string])[]): State[] {
  return each.map(([name, one, words]) => ({ name, markup, words, answer: status(one) }));
}

/** What may happen to every one of them before there is a status. */
function troubles(markup: string): State[] {
  return [
    { name: 'loading', markup, words: 'Loading', answer: (api) => api.on('status', never).on('plans', never) },
    { name: 'failed', markup, words: 'error 502', answer: (api) => api.on('status', brokenPage) },
    { name: 'malformed', markup, words: 'made no sense', answer: (api) => api.on('status', { tier: 7 }) },
    { name: 'offline', markup, words: "couldn't reach", answer: () => {} },
  ];
}

const summary = '<tg-billing-summary></tg-billing-summary>';

export const billingSummary: Exhibit = {
  component: 'tg-billing-summary',
  states: [
    ...states(summary, [
      ['free', freeAnswer(2), '2 of 5'],
      ['free, limit reached', freeAnswer(5), '5 of 5'],
      ['paid, annual', paid, 'renews'],
      ['paid, monthly', { ...paid, interval: 'month', period_end: '2026-12-21T12:00:00Z' }, 'Monthly'],
      ['trial', trial, 'trial ends'],
      ['add-ons', { ...paid, add_ons: addOns }, 'Audit exports'],
      ['past due', pastDue, '(6 days)'],
      ['past due, last day', lastDay, 'until today'],
      ['over seats', crowded, 'Nobody is blocked'],
      ['ends on', ending, 'does not renew'],
      ['scheduled change', scheduled, 'you are on Business'],
      ['unpaid', unpaid, 'was not paid'],
      ['ended', ended, 'has ended'],
      ['set by hand', given, 'set by our team'],
      ['set by hand without an end', givenForGood, 'You have Enterprise, set by our team.'],
      ['kill switch', off, 'switched off'],
      ['long name', { ...paid, tier_name: longName }, longName],
      ['hostile name', { ...paid, tier_name: hostileName }, '<img src=x'],
    ]),
    ...troubles(summary),
  ],
};

const banner = '<tg-billing-banner></tg-billing-banner>';

export const billingBanner: Exhibit = {
  component: 'tg-billing-banner',
  states: [
    ...states(banner, [
      ['past due', pastDue, '(6 days)'],
      ['past due, last day', lastDay, 'until today'],
      ['unpaid', unpaid, 'was not paid'],
      ['ended', ended, 'has ended'],
      ['ends on', ending, 'does not renew'],
      ['trial ends', trial, 'Your trial of Team'],
      ['over seats', crowded, 'Nobody is blocked'],
      ['past due and over seats', { ...pastDue, seats_in_use: 4 }, 'Nobody is blocked'],
      ['set by hand', given, 'set by our team'],
      ['kill switch', off, 'switched off'],
    ]),
    {
      name: 'the portal refused',
      markup: banner,
      words: "Stripe's portal",
      answer: (api) => status(pastDue)(api) && api.on('portal', portalBusy),
      act: (element) => press(element, 'Update card and pay'),
    },
  ],
};

function portalBusy(): Response {
  const detail = "Stripe's portal does not answer. Try again.";
  return json(503, { code: 'stripe_busy', title: 'Stripe is busy', detail });
}

const usageTag = '<tg-usage></tg-usage>';

export const usage: Exhibit = {
  component: 'tg-usage',
  states: [
    ...states(usageTag, [
      ['some used', freeAnswer(3), '3 of 5'],
      ['limit reached', freeAnswer(5), '5 of 5'],
      ['nothing used yet', { ...freeAnswer(), reset_at: null }, 'your first run'],
      ['without a limit', unlimited, 'unlimited'],
      ['paid', paid, 'Nothing is limited on Team'],
      ['kill switch', off, 'switched off'],
    ]),
    ...troubles(usageTag),
  ],
};

const prompt = '<tg-upgrade-prompt meter="fix" noun="fix" nouns="fixes"></tg-upgrade-prompt>';
const refuse =
  (problem: unknown) =>
  (element: Element): Promise<void> => {
    (element as UpgradePrompt).problem = problem;
    return Promise.resolve();
  };
const locked = {
  code: 'feature_not_available',
  title: 'Jira comes with Business',
  detail: 'Business and Enterprise file issues in Jira. Your plan is Team.',
  status: 402,
  upgrade_url: '/billing/upgrade',
};

export const upgradePrompt: Exhibit = {
  component: 'tg-upgrade-prompt',
  states: [
    { name: 'limit reached', markup: prompt, words: 'fifth free fix', answer: status(freeAnswer(5)) },
    {
      name: 'refused at the limit',
      markup: prompt,
      words: '5 free fixes are used',
      answer: status(freeAnswer(5)),
      act: refuse(limitProblem()),
    },
    {
      name: 'a feature of another plan',
      markup: '<tg-upgrade-prompt></tg-upgrade-prompt>',
      words: 'Jira comes with Business',
      answer: status(paid),
      act: refuse(locked),
    },
    {
      name: 'without words for the meter',
      markup: '<tg-upgrade-prompt meter="fix"></tg-upgrade-prompt>',
      words: 'fifth free fix',
      answer: status(freeAnswer(5)),
    },
    {
      name: 'prices unknown',
      markup: prompt,
      words: 'Your next ones arrive on',
      answer: (api) => api.on('status', freeAnswer(5)).on('plans', brokenPage),
    },
  ],
};

const scheduledTag = '<tg-scheduled-change></tg-scheduled-change>';

export const scheduledChange: Exhibit = {
  component: 'tg-scheduled-change',
  states: [
    { name: 'arranged', markup: scheduledTag, words: 'you are on Business', answer: status(scheduled) },
    {
      name: 'taking it back',
      markup: scheduledTag,
      words: 'Taking it back',
      answer: (api) => status(scheduled)(api) && api.on('upgrade', never),
      act: (element) => press(element, 'Take it back'),
    },
    {
      name: 'not taken back',
      markup: scheduledTag,
      words: 'Ask whoever manages billing',
      answer: (api) => status(scheduled)(api) && api.on('upgrade', () => json(403, {})),
      act: (element) => press(element, 'Take it back'),
    },
  ],
};
