import { describe, expect, test } from 'vitest';
import './seat-change';
import { refreshBilling } from '../api/feed';
import { freeAnswer, paidAnswer, plansAnswer, quoteAnswer } from '../testing/answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import type { SeatChange } from './seat-change.component';

const api = useApi();

async function showChange(status: unknown = paidAnswer()): Promise<SeatChange> {
  api().on('status', status).on('plans', plansAnswer());
  return show<SeatChange>('<tg-seat-change></tg-seat-change>');
}

async function click(change: SeatChange, name: string): Promise<void> {
  const within = [change, ...all(change, 'tg-seat-editor')].flatMap((one) => all(one, 'button'));
  const button = within.find((one) => textOf(one) === name || one.getAttribute('aria-label') === name);
  if (!button) {
    throw new Error(`no button "${name}" in ${textOf(change)}`);
  }
  button.click();
  await settle(change);
}

async function previewed(): Promise<SeatChange> {
  api().on('seats', quoteAnswer());
  const change = await showChange();
  await click(change, 'One seat more');
  await click(change, 'Preview the change');
  return change;
}

const bodies = () => api().to('seats').map((call) => call.body);

describe('it is shown to nobody', () => {
  test.each([
    ['on Free', freeAnswer()],
    ['while a payment is outstanding', { ...paidAnswer(), status: 'past_due' }],
    ['after the end', { ...paidAnswer(), status: 'canceled' }],
    ['on a plan without Stripe', { tier: 'enterprise', billing_enabled: true }],
    ['while billing is off', { ...paidAnswer(), billing_enabled: false }],
  ])('%s', async (_name, status) => {
    expect(textOf(await showChange(status))).toBe('');
  });
});

test('nothing is asked while the seats are those that hold', async () => {
  const change = await showChange();
  await click(change, 'Preview the change');
  expect(bodies()).toEqual([]);
});

test('a preview shows the lines, what is due now and the next invoice, and takes the focus', async () => {
  const change = await previewed();
  expect(bodies()).toEqual([{ seat_count: 4, preview: true }]);
  const quote = textOf(find(change, '.quote'));
  expect(quote).toContain('Unused time -US$48.00');
  expect(quote).toContain('Due now US$96.00');
  expect(quote).toContain('Next invoice US$768.00');
  expect(change.shadowRoot?.activeElement?.id).toBe('quote');
});

test('confirming sends the date of the preview, once', async () => {
  const change = await previewed();
  let answer: (response: Response) => void = () => {};
  api().on('seats', () => new Promise<Response>((resolve) => (answer = resolve)));
  await click(change, 'Confirm and pay US$96.00');
  const button = find(change, '.button:not(.quiet)');
  button.click();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(bodies().slice(1)).toEqual([{ seat_count: 4, preview: false, proration_date: 1795348800 }]);
  api().on('status', { ...paidAnswer(), seats: 4 });
  answer(json(200, { status: 'updated' }));
  await settle(change);
  expect(textOf(change)).toContain('You have 4 seats now.');
});

test('where nothing is due the button names no amount', async () => {
  api().on('seats', { ...quoteAnswer(), due_now: 0 });
  const change = await showChange();
  await click(change, 'One seat more');
  await click(change, 'Preview the change');
  await click(change, 'Keep as it is');
  expect(all(change, '.quote')).toHaveLength(0);
  await click(change, 'Preview the change');
  await click(change, 'Confirm the change');
});

test('other seats make the preview void', async () => {
  const change = await previewed();
  await click(change, 'One seat more');
  expect(all(change, '.quote')).toHaveLength(0);
  await click(change, 'Preview the change');
  expect(bodies().at(-1)).toEqual({ seat_count: 5, preview: true });
});

test.each(['quote_expired', 'quote_stale'])('%s takes the quote away and offers a new preview', async (code) => {
  const change = await previewed();
  api().on('seats', () => json(409, { code, title: 'That price is no longer valid.', detail: 'Look again.' }));
  await click(change, 'Confirm and pay US$96.00');
  expect(all(change, '.quote')).toHaveLength(0);
  expect(textOf(find(change, '[role="alert"]'))).toContain('That price is no longer valid. Look again.');
  api().on('seats', quoteAnswer());
  await click(change, 'New preview');
  expect(all(change, '.quote')).toHaveLength(1);
  expect(bodies().at(-1)).toEqual({ seat_count: 4, preview: true });
});

test('a declined card keeps the quote, leads to the portal, and the same confirmation may be repeated', async () => {
  const change = await previewed();
  api().on('seats', () => json(402, { code: 'payment_declined', title: 'Declined.', detail: 'Nothing was changed.' }));
  await click(change, 'Confirm and pay US$96.00');
  expect(textOf(find(change, '[role="alert"]'))).toBe('Declined. Nothing was changed. Update your card');
  await click(change, 'Confirm and pay US$96.00');
  expect(bodies()[2]).toEqual(bodies()[1]);
});

test.each([
  [409, { code: 'seats_below_active', detail: '3 developers are active.' }, '3 developers are active.'],
  [200, { ...quoteAnswer(), due_now: '96' }, 'made no sense'],
  [503, {}, 'error 503'],
])('a preview answered with %i is said in place', async (status, body, words) => {
  api().on('seats', () => json(status, body));
  const change = await showChange();
  await click(change, 'One seat more');
  await click(change, 'Preview the change');
  expect(textOf(find(change, '[role="alert"]'))).toContain(words);
});

test('more developers than seats: the seats that are missing are proposed', async () => {
  const change = await showChange({ ...paidAnswer(), seats: 1 });
  api().on('seats', quoteAnswer());
  await click(change, 'Preview the change');
  expect(bodies()).toEqual([{ seat_count: 2, preview: true }]);
});

test('where there is nothing to change it takes no place, and is back when there is', async () => {
  const change = await showChange(freeAnswer());
  expect(change.style.display).toBe('none');
  api().on('status', paidAnswer());
  await refreshBilling();
  await settle(change);
  expect(change.style.display).toBe('');
});

test('a payment that the bank asks about leads to where it is confirmed, and nothing is said to be done', async () => {
  const change = await previewed();
  const page = 'https://invoice.stripe.com/i/acct_1/test_1';
  api().on('seats', { status: 'requires_action', payment_url: page, expires_at: '2027-01-11T12:00:00Z' });
  await click(change, 'Confirm and pay US$96.00');
  expect(textOf(change)).toContain('Your bank wants you to confirm the payment.');
  expect(textOf(change)).not.toContain('You have');
  expect(find<HTMLAnchorElement>(change, '.note a').href).toBe(page);
});
