import { page } from 'vitest/browser';
import { beforeEach, expect, test } from 'vitest';
import '../tollgate';
import { forgetFeeds } from '../api/feed';
import { freeAnswer, paidAnswer, plansAnswer } from '../testing/answers';
import { json, textOf, useApi } from '../testing/page';

const api = useApi();

beforeEach(() => page.viewport(900, 900));

/** Shows the component above a line, and answers where the line is before and after its answers have come. */
async function lineAround(tag: string, status: unknown, words: string): Promise<{ before: number; after: number }> {
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const late = (body: unknown) => () => asked.then(() => json(200, body));
  api().on('plans', late(plansAnswer())).on('status', late(status));
  document.body.innerHTML = `<${tag}></${tag}><hr>`;
  const element = document.body.firstElementChild!;
  const line = (): number => document.querySelector('hr')!.getBoundingClientRect().top;
  await (element as Element & { updateComplete: Promise<unknown> }).updateComplete;
  const before = line();
  answer();
  await expect.poll(() => textOf(element)).toContain(words);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { before, after: line() };
}

test.each([
  ['tg-usage', '0 of 5'],
  ['tg-billing-summary', '0 of 5'],
])('%s is as tall when it loads as it is on Free', async (tag, words) => {
  const { before, after } = await lineAround(tag, freeAnswer(), words);
  expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
});

test.each([
  ['tg-usage', paidAnswer(), 'Nothing is limited'],
  ['tg-billing-summary', { ...paidAnswer(), seats_in_use: 4 }, 'Nobody is blocked'],
  ['tg-plan-table', freeAnswer(), 'Upgrade to Team'],
  ['tg-seat-change', paidAnswer(), 'Preview the change'],
])('%s is as tall when it loads again as it was', async (tag, status, words) => {
  await lineAround(tag, status, words);
  forgetFeeds();
  const { before, after } = await lineAround(tag, status, words);
  expect(before).toBe(after);
});
