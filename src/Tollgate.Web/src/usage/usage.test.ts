import { describe, expect, test } from 'vitest';
import './usage';
import '../de';
import { refreshBilling } from '../api/feed';
import { freeAnswer, limitedAnswer, noPlanAnswer, paidAnswer } from '../testing/answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import type { Usage } from './usage.component';

const api = useApi();
const showUsage = () => show<Usage>('<tg-usage></tg-usage>');

describe('on Free', () => {
  test('three bars say how much is used and when it starts anew', async () => {
    api().on('status', freeAnswer(5));
    const usage = await showUsage();
    const bars = all(usage, '[role="meter"]');
    const labels = bars.map((bar) => [bar.getAttribute('aria-label'), bar.getAttribute('aria-valuetext')]);
    expect(labels).toEqual([
      ['Fixes', '5 of 5'],
      ['Doc runs', '0 of 1'],
      ['Linear cycles', '2 of 5'],
    ]);
    expect(bars.map((bar) => bar.classList.contains('full'))).toEqual([true, false, false]);
    expect(textOf(usage)).toContain('resets in 12 days');
    expect(find(bars[2]!, '.fill').style.getPropertyValue('--_share')).toBe('40%');
  });

  test('a window that is not open yet is said so', async () => {
    api().on('status', { ...freeAnswer(), reset_at: null });
    expect(textOf(await showUsage())).toContain('starts with your first run');
  });

  test('more used than allowed still fits the bar', async () => {
    const status = freeAnswer(9);
    api().on('status', status);
    const bar = find(await showUsage(), '[role="meter"]');
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual(['5', '9 of 5']);
    expect(find(bar, '.fill').style.getPropertyValue('--_share')).toBe('100%');
  });

  test('a failed refresh keeps the last numbers', async () => {
    api().on('status', freeAnswer(3));
    const usage = await showUsage();
    api().on('status', () => json(500, {}));
    await refreshBilling();
    await settle(usage);
    expect(textOf(usage)).toContain('3 of 5');
  });
});

test('on a paid plan nothing is limited', async () => {
  api().on('status', paidAnswer());
  expect(textOf(await showUsage())).toContain('Nothing is limited on Team.');
});

test('on a paid plan that limits something its use is shown', async () => {
  api().on('status', limitedAnswer(4));
  const usage = await showUsage();
  expect(textOf(usage)).toContain('Exports 4 of 10');
  expect(textOf(usage)).not.toContain('Nothing is limited');
});

test('in another language a meter is called as the catalog calls it there', async () => {
  api().on('status', limitedAnswer(4));
  const usage = await show<Usage>('<tg-usage lang="de"></tg-usage>');
  expect(textOf(usage)).toContain('Exporte');
});

test('without a plan nothing is said of limits', async () => {
  api().on('status', noPlanAnswer());
  const usage = await showUsage();
  expect(textOf(usage)).toContain('No plan yet');
  expect(textOf(usage)).not.toContain('limited');
});

test('while billing is off that is said', async () => {
  api().on('status', { ...freeAnswer(5), billing_enabled: false });
  const usage = await showUsage();
  expect(textOf(usage)).toContain('switched off');
  expect(all(usage, '[role="meter"]')).toHaveLength(0);
});

describe('without an answer', () => {
  test('a skeleton is busy', async () => {
    api().on('status', () => new Promise<Response>(() => {}));
    expect(find(await showUsage(), '[aria-busy]').getAttribute('aria-busy')).toBe('true');
  });

  test.each([
    ['signed out', () => json(401, {}), "You're signed out."],
    ['limits as text', { ...freeAnswer(), limits: 'x' }, 'made no sense'],
    ['a count in words', { ...freeAnswer(), limits: { x: { meter: 'x', name: 'X', used: '5' } } }, 'made no sense'],
    ['no such time', { ...freeAnswer(), reset_at: 'soon' }, 'made no sense'],
    ['a refusal with words', () => json(503, { detail: 'Back at nine.' }), 'Back at nine.'],
  ])('%s is said, and can be retried', async (_name, reply, words) => {
    api().on('status', reply);
    const usage = await showUsage();
    expect(textOf(find(usage, '[role="alert"]'))).toContain(words);
    api().on('status', freeAnswer(1));
    find(usage, 'button').click();
    await settle(usage);
    expect(textOf(usage)).toContain('1 of 5');
  });
});

test('markup in a name stays text', async () => {
  const status = freeAnswer();
  status.limits.fixes.name = '<img src=x onerror=alert(1)>';
  api().on('status', status);
  const usage = await showUsage();
  expect(all(usage, 'img')).toHaveLength(0);
  expect(textOf(usage)).toContain('<img src=x onerror=alert(1)>');
});

test('a meter without a limit has no bar', async () => {
  const limits = { fixes: { meter: 'fix', name: 'Fixes', used: 9, limit: null } };
  api().on('status', { ...freeAnswer(), limits });
  const usage = await show('<tg-usage></tg-usage>');
  expect(textOf(usage)).toContain('Fixes unlimited');
  expect(all(usage, '[role="meter"]')).toHaveLength(0);
});
