import { describe, expect, test, vi } from 'vitest';
import './upgrade-prompt';
import { refreshBilling } from '../api/feed';
import { freeAnswer, limitedAnswer, limitedPlansAnswer } from '../testing/answers';
import { limitProblem, paidAnswer, plansAnswer } from '../testing/answers';
import { all, find, settle, show, textOf, useApi } from '../testing/page';
import type { UpgradePrompt } from './upgrade-prompt.component';

const api = useApi();

function showPrompt(attributes = 'meter="fix" noun="fix" nouns="fixes"'): Promise<UpgradePrompt> {
  return show<UpgradePrompt>(`<tg-upgrade-prompt ${attributes}></tg-upgrade-prompt>`);
}

describe('while something is left', () => {
  test.each([
    ['unused', freeAnswer(0)],
    ['one left', freeAnswer(4)],
    ['subscribed', paidAnswer()],
    ['billing off', { ...freeAnswer(5), billing_enabled: false }],
    ['malformed', { tier: 7 }],
  ])('nothing is shown: %s', async (_name, status) => {
    api().on('plans', plansAnswer()).on('status', status);
    expect(textOf(await showPrompt())).toBe('');
  });

  test('nothing is shown without a network', async () => {
    expect(textOf(await showPrompt())).toBe('');
  });

  test('another meter at its limit is not its business', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(5));
    expect(textOf(await showPrompt('meter="doc_run"'))).toBe('');
  });
});

describe('at the limit', () => {
  test('it says what was done, when more come and what lifts it', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(5));
    const prompt = await showPrompt();
    expect(textOf(find(prompt, '.title'))).toBe('That was your fifth free fix. Nice work.');
    expect(textOf(find(prompt, '.muted'))).toBe(
      'Your next ones arrive on 14 December. On Team, fixes are unlimited, from US$16 a seat.',
    );
    expect(find(prompt, 'a').getAttribute('href')).toBe('/billing/upgrade');
  });

  test('it appears with the run that reached the limit', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(4));
    const prompt = await showPrompt();
    api().on('status', freeAnswer(5));
    await refreshBilling();
    await settle(prompt);
    expect(textOf(prompt)).toContain('fifth free fix');
  });

  test('it promises nothing when the plans are not to be had', async () => {
    api().on('status', freeAnswer(5));
    expect(textOf(find(await showPrompt(), '.muted'))).toBe('Your next ones arrive on 14 December.');
  });

  test("it takes the catalog's nouns where the page gives none", async () => {
    api().on('plans', plansAnswer()).on('status', { ...freeAnswer(5), reset_at: null });
    const prompt = await showPrompt('meter="fix"');
    expect(textOf(prompt)).toContain('That was your fifth free fix. Nice work.');
    expect(textOf(find(prompt, '.muted'))).toBe('On Team, fixes are unlimited, from US$16 a seat.');
  });

  test('of a paid plan nothing is called free, and only a plan that allows more is named', async () => {
    api().on('plans', limitedPlansAnswer()).on('status', limitedAnswer(10));
    const prompt = await showPrompt('meter="export"');
    expect(textOf(find(prompt, '.title'))).toBe('That was your 10th export. Nice work.');
    expect(textOf(find(prompt, '.muted'))).toBe(
      'Your next ones arrive on 14 December. On Pro, you have 500 exports, from US$49 a month.',
    );
  });

  test('on the biggest plan no other one is promised', async () => {
    const plans = limitedPlansAnswer();
    api().on('plans', { ...plans, plans: plans.plans.slice(0, 1) }).on('status', limitedAnswer(10));
    const prompt = await showPrompt('meter="export"');
    expect(textOf(find(prompt, '.muted'))).toBe('Your next ones arrive on 14 December.');
  });

  test('the link tells the host first', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(5));
    const prompt = await showPrompt();
    const listener = vi.fn((event: Event) => event.preventDefault());
    prompt.addEventListener('tg-upgrade', listener);
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    find(prompt, 'a').dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect((listener.mock.calls[0]?.[0] as CustomEvent).detail).toEqual({ url: '/billing/upgrade', meter: 'fix' });
  });
});

describe('with a refusal', () => {
  test('it is shown at once, whatever the status said before', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(4));
    const prompt = await showPrompt();
    prompt.problem = limitProblem();
    await settle(prompt);
    expect(textOf(find(prompt, '.title'))).toBe('Your 5 free fixes are used for now.');
    expect(textOf(find(prompt, '.muted'))).toContain('14 December');
  });

  test("a paid plan's limit is shown as such", async () => {
    api().on('plans', limitedPlansAnswer()).on('status', limitedAnswer(9));
    const prompt = await showPrompt('meter="export"');
    prompt.problem = { ...limitProblem(), code: 'usage_limit_reached', plan: 'starter', meter: 'export', limit: 10 };
    await settle(prompt);
    expect(textOf(find(prompt, '.title'))).toBe('Your 10 exports are used for now.');
    expect(textOf(find(prompt, '.muted'))).toContain('On Pro, you have 500 exports');
  });

  test('it stays while the limit does, and goes when the limit is lifted', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(5));
    const prompt = await showPrompt();
    prompt.problem = limitProblem();
    await refreshBilling();
    await settle(prompt);
    expect(textOf(prompt)).toContain('used for now');
    api().on('status', paidAnswer());
    await refreshBilling();
    await settle(prompt);
    expect(textOf(prompt)).toBe('');
  });

  test.each(['javascript:alert(1)', 'https://evil.test/', 5])('does not lead to %s', async (url) => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(5));
    const prompt = await showPrompt();
    prompt.problem = { ...limitProblem(), upgrade_url: url };
    await settle(prompt);
    expect(find(prompt, 'a').getAttribute('href')).toBe('/billing/upgrade');
  });

  test('of another kind, its own words are shown as text', async () => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(0));
    const prompt = await showPrompt();
    prompt.problem = { code: 'feature_not_available', title: 'Jira is on Business', detail: '<b>x</b>', limit: '9' };
    await settle(prompt);
    expect(textOf(prompt)).toBe('Jira is on Business <b>x</b> See plans');
    expect(all(prompt, 'b')).toHaveLength(0);
  });

  test.each(['text', 7, null, undefined])('%s is no problem', async (problem) => {
    api().on('plans', plansAnswer()).on('status', freeAnswer(0));
    const prompt = await showPrompt();
    prompt.problem = problem;
    await settle(prompt);
    expect(textOf(prompt)).toBe('');
  });
});
