import { freeAnswer, paidAnswer, plansAnswer, quoteAnswer } from '../../testing/answers';
import { type Api, json } from '../../testing/api';
import { brokenPage, type Exhibit, hostileName, longName, never, press, type } from '../state';

const table = '<tg-plan-table contact-url="mailto:sales@host.test"></tg-plan-table>';
const yearly = '<tg-plan-table interval="year" contact-url="mailto:sales@host.test"></tg-plan-table>';

const free = (api: Api) => api.on('plans', plansAnswer()).on('status', freeAnswer());
const paid = (api: Api) => api.on('plans', plansAnswer()).on('status', paidAnswer());
const problem = (code: string, status: number, title: string, detail: string) => () =>
  json(status, { code, status, title, detail });
const declined = problem('payment_declined', 402, 'Payment declined', 'Your card was declined. Nothing was changed.');
const switched = problem(
  'interval_switch',
  409,
  'Not within a paid period',
  'Month and year do not mix within a paid period.',
);
const later = { amount_due: 0, currency: 'usd', due_now: 0, next_invoice_total: 6000 };

function renamed(name: string) {
  const plans = plansAnswer();
  plans.plans[1]!.name = name;
  plans.plans[1]!.highlights = [name, 'Up to 5 repos'];
  return plans;
}

function withTrial() {
  const plans = plansAnswer();
  return { ...plans, plans: plans.plans.map((plan) => (plan.id === 'team' ? { ...plan, trial: { days: 14 } } : plan)) };
}

const heldAddOns = [{ id: 'audit', name: 'Audit exports', quantity: 1 }];

export const planTable: Exhibit = {
  component: 'tg-plan-table',
  states: [
    { name: 'free', markup: table, words: 'Upgrade to Team', answer: free },
    { name: 'by the year', markup: yearly, words: 'US$384.00', answer: free },
    {
      name: 'another plan chosen',
      markup: table,
      words: 'Upgrade to Business',
      answer: free,
      act: (element) => press(element, 'Choose Business'),
    },
    {
      name: 'trial on offer',
      markup: table,
      words: '14 days free',
      answer: (api) => free(api).on('plans', withTrial()),
    },
    {
      name: 'seats out of range',
      markup: table,
      words: 'Choose 2 to 500 seats.',
      answer: free,
      act: (element) => type(element, '900'),
    },
    {
      name: 'opening Checkout',
      markup: table,
      words: 'Opening Checkout...',
      answer: (api) => free(api).on('checkout', never),
      act: (element) => press(element, 'Upgrade to Team'),
    },
    {
      name: 'Checkout refused',
      markup: table,
      words: 'Ask whoever manages billing',
      answer: (api) => free(api).on('checkout', () => json(403, {})),
      act: (element) => press(element, 'Upgrade to Team'),
    },
    {
      name: 'Checkout at a place that is not known',
      markup: table,
      words: 'we did not open it',
      answer: (api) => free(api).on('checkout', { checkout_url: 'javascript:alert(1)' }),
      act: (element) => press(element, 'Upgrade to Team'),
    },
    { name: 'subscribed', markup: table, words: "You're on Team.", answer: paid },
    {
      name: 'subscribed, with an add-on',
      markup: table,
      words: 'Audit exports',
      answer: (api) => paid(api).on('status', { ...paidAnswer(), add_ons: heldAddOns }),
    },
    {
      name: 'preview of another plan',
      markup: table,
      words: 'Confirm and pay',
      answer: (api) => paid(api).on('upgrade', quoteAnswer()),
      act: (element) => press(element, 'Change to Business'),
    },
    {
      name: 'declined',
      markup: table,
      words: 'Your card was declined',
      answer: (api) => paid(api).on('upgrade', declined),
      act: (element) => press(element, 'Change to Business'),
    },
    {
      name: 'not within a paid period',
      markup: table,
      words: 'Change when the period ends',
      answer: (api) => paid(api).on('upgrade', switched),
      act: (element) => press(element, 'Change to Business'),
    },
    {
      name: 'preview of a change at the end of the period',
      markup: table,
      words: 'Invoices from 21 Nov 2027',
      answer: (api) => paid(api).on('upgrade', { ...later, effective_at: '2027-11-21T12:00:00Z' }),
      act: (element) => press(element, 'Change to Business'),
    },
    {
      name: 'subscription ended',
      markup: table,
      words: 'has ended',
      answer: (api) => paid(api).on('status', { ...paidAnswer(), status: 'canceled' }),
    },
    {
      name: 'billing off',
      markup: table,
      words: 'switched off',
      answer: (api) => free(api).on('status', { ...freeAnswer(), billing_enabled: false }),
    },
    { name: 'loading', markup: table, words: 'Loading', answer: (api) => api.on('plans', never).on('status', never) },
    {
      name: 'failed',
      markup: table,
      words: 'error 502',
      answer: (api) => api.on('plans', brokenPage).on('status', never),
    },
    { name: 'offline', markup: table, words: "couldn't reach", answer: () => {} },
    { name: 'long name', markup: table, words: longName, answer: (api) => free(api).on('plans', renamed(longName)) },
    {
      name: 'hostile name',
      markup: table,
      words: '<img src=x',
      answer: (api) => free(api).on('plans', renamed(hostileName)),
    },
  ],
};

const seats = '<tg-seat-change></tg-seat-change>';

async function preview(element: Element): Promise<void> {
  await press(element, 'One seat more');
  await press(element, 'Preview the change');
}

export const seatChange: Exhibit = {
  component: 'tg-seat-change',
  states: [
    { name: 'paid', markup: seats, words: 'Preview the change', answer: paid },
    {
      name: 'monthly',
      markup: seats,
      words: 'next invoice',
      answer: (api) => paid(api).on('status', { ...paidAnswer(), interval: 'month' }),
    },
    {
      name: 'preview',
      markup: seats,
      words: 'Confirm and pay',
      answer: (api) => paid(api).on('seats', quoteAnswer()),
      act: preview,
    },
    { name: 'asking', markup: seats, words: 'Asking', answer: (api) => paid(api).on('seats', never), act: preview },
    {
      name: 'declined',
      markup: seats,
      words: 'Your card was declined',
      answer: (api) => paid(api).on('seats', declined),
      act: preview,
    },
    {
      name: 'preview too old',
      markup: seats,
      words: 'New preview',
      answer: (api) => paid(api).on('seats', problem('quote_expired', 409, 'Preview expired', 'Ask for a new one.')),
      act: preview,
    },
  ],
};

const editor = '<tg-seat-editor value="3" minimum="2" in-use="2"></tg-seat-editor>';

export const seatEditor: Exhibit = {
  component: 'tg-seat-editor',
  states: [
    { name: 'three seats', markup: editor, words: '2 members are active', answer: () => {} },
    {
      name: 'out of range',
      markup: editor,
      words: 'Choose 2 to 500',
      answer: () => {},
      act: (element) => type(element, '1'),
    },
    { name: 'off', markup: editor.replace(' value', ' disabled value'), words: 'Seats', answer: () => {} },
  ],
};
