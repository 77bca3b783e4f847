import * as answers from '../../testing/admin-answers';
import { type Api, json } from '../../testing/api';
import { brokenPage, type Exhibit, hostileName, longName, never, press, type State } from '../state';

const override = { tier: 'enterprise', author: 'sam', reason: 'signed', until: '2027-01-31T00:00:00Z' };

function named(name: string) {
  const answer = answers.accountsAnswer();
  answer.accounts[0]!.name = name;
  return answer;
}

/** What may happen to every list before there is one. */
function troubles(markup: string, route: string): State[] {
  return [
    { name: 'loading', markup, words: 'Loading', answer: (api) => api.on(route, never) },
    { name: 'refused', markup, words: 'for administrators', answer: (api) => api.on(route, () => json(403, {})) },
    { name: 'failed', markup, words: 'error 502', answer: (api) => api.on(route, brokenPage) },
    { name: 'malformed', markup, words: 'made no sense', answer: (api) => api.on(route, []) },
  ];
}

function exhibit(component: string, markup: string, route: string, own: readonly State[]): Exhibit {
  return { component, states: [...own, ...troubles(markup, route)] };
}

const accounts = '<tg-admin-accounts></tg-admin-accounts>';
const account = '<tg-admin-account account="acme"></tg-admin-account>';
const events = '<tg-admin-events></tg-admin-events>';
const drift = '<tg-admin-drift></tg-admin-drift>';
const figures = '<tg-admin-figures></tg-admin-figures>';
const actions = '<tg-admin-actions></tg-admin-actions>';

const ofAccount = (api: Api) => api.on('acme', answers.accountAnswer());
const noEvents = { events: [], next: null };

export const administration: readonly Exhibit[] = [
  exhibit('tg-admin-accounts', accounts, 'accounts', [
    { name: 'two', markup: accounts, words: 'Globex', answer: (api) => api.on('accounts', answers.accountsAnswer()) },
    {
      name: 'none',
      markup: accounts,
      words: 'No account matches',
      answer: (api) => api.on('accounts', { accounts: [], next: null }),
    },
    {
      name: 'more to come',
      markup: accounts,
      words: 'Show more',
      answer: (api) => api.on('accounts', { ...answers.accountsAnswer(), next: 'globex' }),
    },
    { name: 'long name', markup: accounts, words: longName, answer: (api) => api.on('accounts', named(longName)) },
    {
      name: 'hostile name',
      markup: accounts,
      words: '<img src=x',
      answer: (api) => api.on('accounts', named(hostileName)),
    },
  ]),
  exhibit('tg-admin-account', account, 'acme', [
    { name: 'one', markup: account, words: 'Refresh now', answer: ofAccount },
    {
      name: 'set by hand',
      markup: account,
      words: 'sam set enterprise',
      answer: (api) => api.on('acme', { ...answers.accountAnswer(), override }),
    },
    {
      name: 'asking why',
      markup: account,
      words: 'Kept with your name',
      answer: ofAccount,
      act: (element) => press(element, 'Set a tier'),
    },
    {
      name: 'nobody',
      markup: '<tg-admin-account></tg-admin-account>',
      words: 'names no account',
      answer: () => {},
    },
  ]),
  exhibit('tg-admin-events', events, 'events', [
    { name: 'one', markup: events, words: 'invoice.paid', answer: (api) => api.on('events', answers.eventsAnswer()) },
    {
      name: 'payload',
      markup: events,
      words: '(hidden)',
      answer: (api) => api.on('events', answers.eventsAnswer()).on('evt_1', answers.payloadAnswer()),
      act: (element) => press(element, 'Payload of evt_1'),
    },
    { name: 'none', markup: events, words: 'No event matches', answer: (api) => api.on('events', noEvents) },
  ]),
  exhibit('tg-admin-drift', drift, 'drift', [
    { name: 'found', markup: drift, words: 'Seats: 77', answer: (api) => api.on('drift', answers.driftAnswer()) },
    {
      name: 'nothing',
      markup: drift,
      words: 'No reconcile has run',
      answer: (api) => api.on('drift', { runs: [], run: null, findings: [], next: null, alerts: [] }),
    },
  ]),
  exhibit('tg-admin-figures', figures, 'figures', [
    { name: 'some', markup: figures, words: 'by meter', answer: (api) => api.on('figures', answers.figuresAnswer()) },
    {
      name: 'no history',
      markup: figures,
      words: 'Nothing has been written down',
      answer: (api) => api.on('figures', { ...answers.figuresAnswer(), series: [] }),
    },
  ]),
  exhibit('tg-admin-actions', actions, 'actions', [
    { name: 'some', markup: actions, words: 'known now', answer: (api) => api.on('actions', answers.actionsAnswer()) },
  ]),
];
