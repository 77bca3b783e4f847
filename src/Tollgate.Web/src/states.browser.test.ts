import axe from 'axe-core';
import type { LitElement } from 'lit';
import { page } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import './tollgate';
import { freeAnswer, limitProblem, paidAnswer, plansAnswer } from './testing/answers';
import { type Api, json, show, textOf, useApi } from './testing/page';
import type { UpgradePrompt } from './upgrade-prompt/upgrade-prompt.component';

const api = useApi();
const never = () => new Promise<Response>(() => {});
const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** A component in a state: its name, its markup, what the API answers, and words that are on the page only then. */
type State = readonly [name: string, markup: string, answer: (api: Api) => unknown, words: string];

const table = '<tg-plan-table></tg-plan-table>';
const yearly = '<tg-plan-table interval="year"></tg-plan-table>';
const prompt = '<tg-upgrade-prompt meter="fix" noun="fix" nouns="fixes"></tg-upgrade-prompt>';
const usage = '<tg-usage></tg-usage>';
const summary = '<tg-billing-summary></tg-billing-summary>';
const seats = '<tg-seat-change></tg-seat-change>';
const success = '<tg-checkout-success session-id="cs"></tg-checkout-success>';
const pastDue = { ...paidAnswer(), status: 'past_due', grace_ends_at: '2026-11-28T12:00:00Z' };
const ending = { ...paidAnswer(), ends_at: '2027-11-21T12:00:00Z' };
const paidUp = { status: 'provisioning' };

const states: readonly State[] = [
  ['plans', table, (a) => a.on('plans', plansAnswer()).on('status', freeAnswer()), 'Upgrade to Team'],
  ['plans by the year', yearly, (a) => a.on('plans', plansAnswer()).on('status', freeAnswer()), 'US$384.00'],
  ['plans, subscribed', table, (a) => a.on('plans', plansAnswer()).on('status', paidAnswer()), "You're on Team."],
  ['plans, loading', table, (a) => a.on('plans', never).on('status', never), 'Loading'],
  ['plans, failed', table, (a) => a.on('plans', () => json(500, {})).on('status', never), 'error 500'],
  ['plans, long name', table, (a) => a.on('plans', renamed(longName)).on('status', freeAnswer()), longName],
  ['prompt', prompt, (a) => a.on('plans', plansAnswer()).on('status', freeAnswer(5)), 'fifth free fix'],
  ['usage', usage, (a) => a.on('status', freeAnswer(5)), '5 of 5'],
  ['usage, loading', usage, (a) => a.on('status', never), 'Loading'],
  ['usage, failed', usage, () => {}, "couldn't reach"],
  ['summary, free', summary, (a) => a.on('status', freeAnswer(2)), '2 of 5'],
  ['summary, paid', summary, (a) => a.on('status', { ...paidAnswer(), seats_in_use: 4 }), 'Nobody is blocked'],
  ['summary, past due', summary, (a) => a.on('status', pastDue), "couldn't charge"],
  ['summary, ending', summary, (a) => a.on('status', ending), 'does not renew'],
  ['seats', seats, (a) => a.on('plans', plansAnswer()).on('status', paidAnswer()), 'Preview the change'],
  ['success, waiting', success, (a) => a.on('success', paidUp).on('status', freeAnswer()), 'Provisioning'],
  ['success, done', success, (a) => a.on('success', paidUp).on('status', paidAnswer()), "You're on Team"],
  ['success, unknown', success, (a) => a.on('success', () => json(404, {})), "don't know this"],
];

function renamed(name: string) {
  const plans = plansAnswer();
  plans.plans[1]!.name = name;
  return plans;
}

beforeEach(() => {
  document.title = 'Billing';
  document.body.style.cssText = 'margin: 0; background: light-dark(#f6f6f3, #101215); color: light-dark(#000, #fff)';
});

afterEach(() => {
  document.documentElement.removeAttribute('data-theme');
  document.documentElement.style.colorScheme = '';
  document.documentElement.dir = '';
});

/** Real answers and real rendering take their time: wait for the words, then for what fades in. */
async function showIn(theme: string, markup: string, words: string): Promise<LitElement> {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.style.colorScheme = theme;
  const element = (await show(`<main><h1>Billing</h1>${markup}</main>`)).lastElementChild as LitElement;
  await expect.poll(() => textOf(element)).toContain(words);
  const running = element.shadowRoot?.getAnimations() ?? [];
  const ending = running.filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished));
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

describe('the theme', () => {
  const ink = (element: Element) => getComputedStyle(element).color;

  test('follows data-theme, and without it the page and not the system', async () => {
    api().on('status', freeAnswer());
    const shown = await showIn('dark', usage, '0 of 5');
    expect(ink(shown)).toBe('rgb(236, 238, 242)');
    document.documentElement.dataset['theme'] = 'light';
    expect(ink(shown)).toBe('rgb(22, 24, 29)');
    delete document.documentElement.dataset['theme'];
    expect(ink(shown)).toBe('rgb(236, 238, 242)');
    document.documentElement.style.colorScheme = '';
    expect(ink(shown)).toBe('rgb(22, 24, 29)');
  });

  test('takes a token of the host', async () => {
    api().on('status', freeAnswer());
    const shown = await showIn('light', usage, '0 of 5');
    shown.style.setProperty('--tg-ink', 'rgb(1, 2, 3)');
    expect(ink(shown)).toBe('rgb(1, 2, 3)');
  });
});

test('a prompt takes no room before it is needed, and leaves the page around it alone', async () => {
  api().on('plans', plansAnswer()).on('status', freeAnswer(1));
  const shown = await show<UpgradePrompt>(prompt);
  expect(shown.getBoundingClientRect().height).toBe(0);
  shown.problem = limitProblem();
  await shown.updateComplete;
  expect(shown.getBoundingClientRect().height).toBeGreaterThan(40);
  expect(getComputedStyle(shown).position).toBe('static');
});
