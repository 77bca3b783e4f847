import { describe, expect, test } from 'vitest';
import './billing-summary';
import { forgetFeeds } from '../api/feed';
import { freeAnswer, limitedAnswer, paidAnswer } from '../testing/answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import type { BillingSummary } from './billing-summary.component';

const api = useApi();
const markup = '<tg-billing-summary upgrade-url="/plans"></tg-billing-summary>';
const showSummary = () => show<BillingSummary>(markup);

async function summaryOf(status: unknown): Promise<string> {
  api().on('status', status);
  return textOf(await showSummary());
}

test('on Free: the bars, the reset and the way up', async () => {
  api().on('status', freeAnswer(5));
  const summary = await showSummary();
  expect(textOf(summary)).toContain('Free resets in 12 days');
  expect(all(summary, '[role="meter"]')).toHaveLength(3);
  expect(find(summary, 'a').getAttribute('href')).toBe('/plans');
});

test('on Free because a payment failed: why, and to the portal instead of the plans', async () => {
  api().on('status', { ...freeAnswer(), status: 'past_due' });
  const summary = await showSummary();
  expect(textOf(summary)).toContain("We couldn't charge your card. Your paid plan is closed until you pay.");
  expect(all(summary, 'tg-portal').map(textOf)).toEqual(['Update card and pay']);
  expect(all(summary, 'a')).toHaveLength(0);
});

describe('on a paid plan', () => {
  test('plan, interval, renewal and seats', async () => {
    expect(await summaryOf(paidAnswer())).toBe('Team Annual renews 21 Nov 2027 Seats 3 · 2 in use Manage subscription');
  });

  test('an end that is set replaces the renewal', async () => {
    const text = await summaryOf({ ...paidAnswer(), ends_at: '2027-11-21T12:00:00Z' });
    expect(text).toContain('ends 21 Nov 2027');
    expect(text).toContain('Team ends on 21 November 2027 and does not renew.');
    expect(text).not.toContain('renews 2');
  });

  test('past due: what happened, until when everything works, what to do', async () => {
    const text = await summaryOf({ ...paidAnswer(), status: 'past_due', grace_ends_at: '2026-11-28T12:00:00Z' });
    expect(text).toContain("We couldn't charge your card.");
    expect(text).toContain('Everything keeps working until 28 November (6 days).');
    expect(text).not.toContain('renews');
  });

  test.each(['past_due', 'unpaid'])('%s leads to the portal from the banner alone', async (status) => {
    api().on('status', { ...paidAnswer(), status });
    const summary = await showSummary();
    expect(all(summary, 'tg-portal').map(textOf)).toEqual(['Update card and pay']);
    expect(textOf(find(summary, '.note.warn'))).toContain('Update card and pay');
  });

  test.each([
    ['2026-11-23T12:00:00Z', 'until 23 November (1 day).'],
    ['2026-11-22T18:00:00Z', 'until today, 22 November.'],
    [null, 'Everything keeps working meanwhile.'],
  ])('past due with grace to %s', async (grace, words) => {
    expect(await summaryOf({ ...paidAnswer(), status: 'past_due', grace_ends_at: grace })).toContain(words);
  });

  test.each([
    ['canceled', 'Your subscription has ended.'],
    ['unpaid', 'Your last invoice was not paid.'],
  ])('%s: open until the paid time is over', async (status, words) => {
    const text = await summaryOf({ ...paidAnswer(), status });
    expect(text).toContain(words);
    expect(text).toContain('Team stays open until 21 November 2027.');
    expect(text).toContain('open until 21 Nov 2027');
  });

  test('a trial: its end instead of a renewal, and in its last week what follows', async () => {
    const early = await summaryOf({ ...paidAnswer(), trial_ends_at: '2026-12-22T12:00:00Z' });
    expect(early).toContain('Team Annual Trial trial ends 22 Dec 2026');
    expect(early).not.toContain('With a card on file');
    document.body.replaceChildren();
    forgetFeeds();
    const late = await summaryOf({ ...paidAnswer(), trial_ends_at: '2026-11-25T12:00:00Z' });
    expect(late).toContain('Your trial of Team ends on 25 November.');
  });

  test('add-ons, with how many there are', async () => {
    const addOns = [
      { id: 'audit', name: 'Audit exports', quantity: 2 },
      { id: 'minutes', name: 'Build minutes', quantity: null },
    ];
    expect(await summaryOf({ ...paidAnswer(), add_ons: addOns })).toContain('Audit exports 2 Build minutes Manage');
  });

  test('what a paid plan limits is shown', async () => {
    expect(await summaryOf(limitedAnswer(4))).toContain('Exports 4 of 10');
  });

  test('who sits on a seat is called as the catalog calls them', async () => {
    expect(await summaryOf({ ...limitedAnswer(), seats_in_use: 5 })).toContain('2 pilots more than seats.');
  });

  test('more developers than seats are shown, and not blocked', async () => {
    expect(await summaryOf({ ...paidAnswer(), seats_in_use: 4 })).toContain('One developer more than seats. Nobody is');
  });

  test('a plan without Stripe shows what there is', async () => {
    const given = { kind: 'paid', tier: 'enterprise', tier_name: 'Enterprise', billing_enabled: true, features: [] };
    expect(await summaryOf(given)).toBe('Enterprise');
  });
});

test('while billing is off that is said', async () => {
  expect(await summaryOf({ ...freeAnswer(), billing_enabled: false })).toContain('switched off');
});

test.each([
  ['no network', undefined, "couldn't reach the server"],
  ['malformed', { tier: 'team', seats: -1 }, 'made no sense'],
  ['a bad date', { ...paidAnswer(), period_end: '2027-99-99' }, 'made no sense'],
  ['forbidden', () => json(403, {}), 'Your role does not allow this.'],
])('%s is said, and can be retried', async (_name, reply, words) => {
  if (reply !== undefined) {
    api().on('status', reply);
  }
  const summary = await showSummary();
  expect(textOf(find(summary, '[role="alert"]'))).toContain(words);
  api().on('status', paidAnswer());
  find(summary, 'button').click();
  await settle(summary);
  expect(textOf(summary)).toContain('Team');
});

test('markup in names stays text', async () => {
  api().on('status', { ...paidAnswer(), tier_name: '<img src=x onerror=alert(1)>' });
  expect(all(await showSummary(), 'img')).toHaveLength(0);
});
