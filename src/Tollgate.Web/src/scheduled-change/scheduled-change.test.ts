import { expect, test } from 'vitest';
import './scheduled-change';
import { paidAnswer, plansAnswer } from '../testing/answers';
import { find, json, settle, show, textOf, useApi } from '../testing/page';
import type { ScheduledChange } from './scheduled-change.component';

const api = useApi();
const arranged = { price_id: 'business_monthly', seats: 3, effective_at: '2027-11-21T12:00:00Z' };

async function showChange(change: unknown = arranged): Promise<ScheduledChange> {
  api().on('status', { ...paidAnswer(), scheduled_change: change }).on('plans', plansAnswer());
  return show<ScheduledChange>('<tg-scheduled-change></tg-scheduled-change>');
}

async function takeBack(element: ScheduledChange): Promise<void> {
  find<HTMLElement>(element, 'button').click();
  await settle(element);
}

test('says what comes, and when', async () => {
  expect(textOf(await showChange())).toBe('From 21 November 2027 you are on Business, 3 seats. Take it back');
});

test('a price that is not sold any more has no name, and is no reason to be silent', async () => {
  expect(textOf(await showChange({ ...arranged, price_id: 'old' }))).toContain('arranged for 21 November 2027.');
});

test('says nothing where nothing is arranged', async () => {
  expect(textOf(await showChange(null))).toBe('');
});

test('is taken back with one call, and the focus is on what is said of it', async () => {
  const element = await showChange();
  api().on('upgrade', { status: 'updated' }).on('status', paidAnswer());
  find<HTMLElement>(element, 'button').click();
  await takeBack(element);
  expect(api().to('upgrade').map(({ method }) => method)).toEqual(['DELETE']);
  expect(textOf(element)).toBe('Taken back. Your plan stays as it is.');
  expect(element.shadowRoot?.activeElement?.id).toBe('taken');
});

test('a refusal is said, and it can be tried again', async () => {
  const element = await showChange();
  api().on('upgrade', () => json(409, { code: 'billing_busy', title: 'Busy', detail: 'Try again.' }));
  await takeBack(element);
  expect(textOf(find(element, '[role="alert"]'))).toBe('Busy Try again.');
  expect(find(element, 'button').getAttribute('aria-disabled')).toBe('false');
});

test('what waits for its payment is said with the way to confirm it, and can be taken back', async () => {
  const waiting = {
    price_id: 'business_annual',
    seats: 5,
    expires_at: '2027-01-11T12:00:00Z',
    payment_url: 'https://invoice.stripe.com/i/acct_1/test_1',
  };
  api().on('status', { ...paidAnswer(), pending_change: waiting }).on('plans', plansAnswer());
  const element = await show<ScheduledChange>('<tg-scheduled-change></tg-scheduled-change>');
  const said = 'A change to 5 seats waits until its payment is confirmed.';
  expect(textOf(element)).toBe(`${said} Confirm the payment Take it back`);
  expect(find<HTMLAnchorElement>(element, 'a').href).toBe(waiting.payment_url);

  api().on('upgrade', { status: 'updated' }).on('status', paidAnswer());
  await takeBack(element);
  expect(api().to('upgrade').map(({ method }) => method)).toEqual(['DELETE']);
});

test('an address that is not one of Stripe’s is no link', async () => {
  const waiting = { price_id: 'x', seats: 5, expires_at: '2027-01-11T12:00:00Z', payment_url: 'https://evil.test/pay' };
  api().on('status', { ...paidAnswer(), pending_change: waiting }).on('plans', plansAnswer());
  const element = await show<ScheduledChange>('<tg-scheduled-change></tg-scheduled-change>');
  expect(element.shadowRoot?.querySelector('a')).toBeNull();
});
