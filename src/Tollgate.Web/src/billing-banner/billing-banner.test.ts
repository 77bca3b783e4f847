import { describe, expect, test } from 'vitest';
import './billing-banner';
import { refreshBilling } from '../api/feed';
import { freeAnswer, paidAnswer } from '../testing/answers';
import { all, find, json, settle, show, textOf, useApi } from '../testing/page';
import type { BillingBanner } from './billing-banner.component';

const api = useApi();

async function bannerOf(status: unknown): Promise<BillingBanner> {
  api().on('status', status);
  return show<BillingBanner>('<tg-billing-banner settings-url="/seats"></tg-billing-banner>');
}

describe('it says nothing', () => {
  test.each([
    ['on Free', freeAnswer(5)],
    ['while all is well', paidAnswer()],
    ['early in a trial', { ...paidAnswer(), trial_ends_at: '2026-12-22T12:00:00Z' }],
    ['while nothing is known', () => json(500, {})],
  ])('%s', async (_name, status) => {
    const banner = await bannerOf(status);
    expect([textOf(banner), banner.hasAttribute('open')]).toEqual(['', false]);
  });
});

test.each([
  ['past-due', { status: 'past_due', grace_ends_at: '2026-11-28T12:00:00Z' }, 'Update card and pay'],
  ['unpaid', { status: 'unpaid' }, 'Update card and pay'],
  ['ends', { ends_at: '2027-11-21T12:00:00Z' }, 'Keep Team'],
  ['trial', { trial_ends_at: '2026-11-25T12:00:00Z' }, 'Add a card'],
])('%s leads to the portal', async (kind, status, label) => {
  const banner = await bannerOf({ ...paidAnswer(), ...status });
  expect(textOf(find(banner, `[data-kind="${kind}"] tg-portal`))).toBe(label);
});

test('more developers than seats lead to more seats, not to the portal', async () => {
  const banner = await bannerOf({ ...paidAnswer(), seats_in_use: 5 });
  expect(textOf(banner)).toContain('2 developers more than seats. Nobody is blocked.');
  expect(find(banner, 'a').getAttribute('href')).toBe('/seats');
  expect(all(banner, 'tg-portal')).toHaveLength(0);
});

test('what is urgent comes first', async () => {
  const banner = await bannerOf({ ...paidAnswer(), status: 'past_due', seats_in_use: 5 });
  expect(all(banner, '[data-kind]').map((one) => one.dataset['kind'])).toEqual(['past-due', 'over-seats']);
});

test('it goes away when all is well again', async () => {
  const banner = await bannerOf({ ...paidAnswer(), status: 'past_due' });
  expect(banner.open).toBe(true);
  api().on('status', paidAnswer());
  await refreshBilling();
  await settle(banner);
  expect([textOf(banner), banner.open]).toEqual(['', false]);
});
