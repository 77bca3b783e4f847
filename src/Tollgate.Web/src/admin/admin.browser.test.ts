import axe from 'axe-core';
import type { LitElement } from 'lit';
import { page, userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../admin';
import {
  accountAnswer,
  accountsAnswer,
  actionsAnswer,
  driftAnswer,
  eventsAnswer,
  figuresAnswer,
  payloadAnswer,
} from '../testing/admin-answers';
import { type Api, find, json, show, textOf, useApi } from '../testing/page';

const api = useApi();
const never = () => new Promise<Response>(() => {});
const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** A component in a state: its name, its markup, what the API answers, and words that are on the page only then. */
type State = readonly [name: string, markup: string, answer: (api: Api) => unknown, words: string];

const accounts = '<tg-admin-accounts></tg-admin-accounts>';
const account = '<tg-admin-account account="acme"></tg-admin-account>';
const figures = '<tg-admin-figures></tg-admin-figures>';
const override = { tier: 'enterprise', author: 'sam', reason: 'signed', until: '2027-01-31T00:00:00Z' };

const states: readonly State[] = [
  ['accounts', accounts, (a) => a.on('accounts', accountsAnswer()), 'Globex'],
  ['accounts, long name', accounts, (a) => a.on('accounts', renamed()), longName],
  ['accounts, none', accounts, (a) => a.on('accounts', { accounts: [], next: null }), 'No account matches'],
  ['accounts, loading', accounts, (a) => a.on('accounts', never), 'Loading'],
  ['accounts, refused', accounts, (a) => a.on('accounts', () => json(403, {})), 'for administrators'],
  ['account', account, (a) => a.on('acme', { ...accountAnswer(), override }), 'sam set enterprise'],
  ['inbox', '<tg-admin-events></tg-admin-events>', (a) => a.on('events', eventsAnswer()), 'invoice.paid'],
  ['drift', '<tg-admin-drift></tg-admin-drift>', (a) => a.on('drift', driftAnswer()), 'Seats: 77'],
  ['figures', figures, (a) => a.on('figures', figuresAnswer()), 'Usage by meter'],
  ['log', '<tg-admin-actions></tg-admin-actions>', (a) => a.on('actions', actionsAnswer()), 'known now'],
];

function renamed() {
  const answer = accountsAnswer();
  answer.accounts[0]!.name = longName;
  return answer;
}

beforeEach(() => {
  document.title = 'Administration';
  document.body.style.cssText = 'margin: 0; background: light-dark(#f6f6f3, #101215); color: light-dark(#000, #fff)';
});

afterEach(() => {
  document.documentElement.removeAttribute('data-theme');
  document.documentElement.style.colorScheme = '';
  document.documentElement.dir = '';
});

async function showIn(theme: string, markup: string, words: string): Promise<LitElement> {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.style.colorScheme = theme;
  const element = (await show(`<main><h1>Administration</h1>${markup}</main>`)).lastElementChild as LitElement;
  await expect.poll(() => textOf(element)).toContain(words);
  return element;
}

describe.each(['light', 'dark'])('in the %s', (theme) => {
  test.each(states)('axe finds nothing in: %s', async (_name, markup, answer, words) => {
    answer(api());
    await showIn(theme, markup, words);
    const { violations } = await axe.run(document.body);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});

test.each(states)('320 pixels are enough for: %s', async (_name, markup, answer, words) => {
  await page.viewport(320, 640);
  answer(api());
  await showIn('light', markup, words);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});

test.each(states)('right to left, nothing leaves the page: %s', async (_name, markup, answer, words) => {
  await page.viewport(375, 640);
  document.documentElement.dir = 'rtl';
  answer(api());
  await showIn('light', markup, words);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
});

function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
}

test('the keyboard opens an event, replays it with a reason and is led to what became of it', async () => {
  api().on('events', eventsAnswer()).on('evt_1', payloadAnswer()).on('replay', { status: 'done' });
  const events = await showIn('light', '<tg-admin-events></tg-admin-events>', 'invoice.paid');
  find<HTMLElement>(events, '[aria-expanded]').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => textOf(events)).toContain('Replay');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.poll(() => focused()?.id).toBe('why');
  // the list shows only what was asked for: a replayed event may be gone from it
  api().on('events', { events: [], next: null });
  await userEvent.keyboard('known now{Enter}');
  await expect.poll(() => focused()?.id).toBe('said');
  expect(textOf(focused()!)).toBe('evt_1 starts again from the beginning.');
  expect(api().to('replay')[0]?.body).toEqual({ why: 'known now' });
});

test('keeping as it is sends nothing and gives the focus back', async () => {
  api().on('acme', accountAnswer());
  const shown = await showIn('light', account, 'Look now');
  const act = find(shown, 'tg-admin-act');
  find<HTMLElement>(act, '#open').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => focused()?.id).toBe('why');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.poll(() => focused()?.id).toBe('open');
  expect(api().to('look')).toHaveLength(0);
});
