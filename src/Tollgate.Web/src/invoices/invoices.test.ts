import { expect, test } from 'vitest';
import './invoices';
import { freeAnswer, paidAnswer } from '../testing/answers';
import { find, json, settle, show, textOf, useApi } from '../testing/page';
import type { Invoices } from './invoices.component';

const api = useApi();

async function showInvoices(status: unknown): Promise<Invoices> {
  api().on('status', status);
  return show<Invoices>('<tg-invoices></tg-invoices>');
}

test.each([
  ['renewal', paidAnswer(), 'next on 21 Nov 2027'],
  ['end of the trial', { ...paidAnswer(), trial_ends_at: '2026-11-25T12:00:00Z' }, 'next on 25 Nov 2026'],
])('the next invoice comes with the %s', async (_name, status, words) => {
  expect(textOf(await showInvoices(status))).toContain(words);
});

test.each([
  ['on Free', freeAnswer()],
  ['when the plan ends', { ...paidAnswer(), ends_at: '2027-11-21T12:00:00Z' }],
  ['while the last one is not paid', { ...paidAnswer(), status: 'past_due' }],
])('none is announced %s', async (_name, status) => {
  expect(textOf(await showInvoices(status))).not.toContain('next on');
});

test('who never bought anything is told so, calmly, and keeps the button and the focus', async () => {
  api().on('portal', () => json(409, { code: 'no_customer', title: 'No customer', detail: 'Never bought.' }));
  const invoices = await showInvoices(freeAnswer());
  const button = find<HTMLElement>(find(invoices, 'tg-portal'), 'button');
  button.click();
  await settle(invoices);
  expect(textOf(find(invoices, '[role="status"]'))).toBe('There are none yet: nothing was bought so far.');
  expect(find(invoices, 'tg-portal').shadowRoot?.querySelector('[role="alert"]')).toBeNull();
  expect(button.isConnected).toBe(true);
});
