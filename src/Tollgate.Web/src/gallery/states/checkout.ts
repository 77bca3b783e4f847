import { freeAnswer, paidAnswer } from '../../testing/answers';
import { type Api, json } from '../../testing/api';
import { brokenPage, type Exhibit, never, press } from '../state';

const success = '<tg-checkout-success session-id="cs_test_1"></tg-checkout-success>';
const impatient = '<tg-checkout-success session-id="cs_test_1" patience="0"></tg-checkout-success>';

const progress = (status: string, then: unknown) => (api: Api) => api.on('success', { status }).on('status', then);

export const checkoutSuccess: Exhibit = {
  component: 'tg-checkout-success',
  states: [
    { name: 'looking', markup: success, words: 'Looking up your payment', answer: (api) => api.on('success', never) },
    { name: 'not paid yet', markup: success, words: 'Waiting', answer: progress('pending', freeAnswer()) },
    { name: 'provisioning', markup: success, words: 'Provisioning', answer: progress('provisioning', freeAnswer()) },
    { name: 'done', markup: success, words: "You're on Team", answer: progress('provisioning', paidAnswer()) },
    { name: 'offline', markup: success, words: 'Trying again', answer: () => {} },
    {
      name: 'late, but paid',
      markup: impatient,
      words: 'Your payment is safe',
      answer: progress('provisioning', freeAnswer()),
    },
    { name: 'never paid', markup: impatient, words: 'No payment yet', answer: progress('pending', freeAnswer()) },
    { name: 'broken', markup: impatient, words: 'error 502', answer: (api) => api.on('success', brokenPage) },
    {
      name: 'not ours',
      markup: success,
      words: "don't know this",
      answer: (api) => api.on('success', () => json(404, {})),
    },
    {
      name: 'signed out',
      markup: success,
      words: 'signed out',
      answer: (api) => api.on('success', () => json(401, {})),
    },
  ],
};

const button = '<tg-portal></tg-portal>';
const open = (element: Element) => press(element, 'Manage subscription');

export const portal: Exhibit = {
  component: 'tg-portal',
  states: [
    { name: 'ready', markup: button, words: 'Manage subscription', answer: () => {} },
    { name: 'opening', markup: button, words: 'Opening', answer: (api) => api.on('portal', never), act: open },
    {
      name: 'refused',
      markup: button,
      words: 'Ask whoever manages billing',
      answer: (api) => api.on('portal', () => json(403, {})),
      act: open,
    },
    {
      name: 'at a place that is not known',
      markup: button,
      words: 'we did not open it',
      answer: (api) => api.on('portal', { portal_url: 'https://stripe.com.evil.test/' }),
      act: open,
    },
    { name: 'offline', markup: button, words: "couldn't reach", answer: () => {}, act: open },
  ],
};

const list = '<tg-invoices></tg-invoices>';
const none = () => json(409, { code: 'no_customer', title: 'No customer', detail: 'Nothing was ever bought.' });

export const invoices: Exhibit = {
  component: 'tg-invoices',
  states: [
    { name: 'paid', markup: list, words: 'next on', answer: (api) => api.on('status', paidAnswer()) },
    { name: 'loading', markup: list, words: 'See invoices', answer: (api) => api.on('status', never) },
    {
      name: 'none',
      markup: list,
      words: 'nothing was bought',
      answer: (api) => api.on('status', freeAnswer()).on('portal', none),
      act: (element) => press(element, 'See invoices'),
    },
    {
      name: 'refused',
      markup: list,
      words: 'Ask whoever manages billing',
      answer: (api) => api.on('status', paidAnswer()).on('portal', () => json(403, {})),
      act: (element) => press(element, 'See invoices'),
    },
  ],
};
