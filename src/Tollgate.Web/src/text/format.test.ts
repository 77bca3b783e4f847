import { describe, expect, test } from 'vitest';
import { threeDecimal, twoDecimal, wholeTwoDecimal, zeroDecimal } from './currencies.json';
import { daysUntil, Format } from './format';

const british = new Format('en-GB');

describe('money', () => {
  test.each([
    ['en-US', 57600, 'usd', '$576.00'],
    ['en-US', 0, 'usd', '$0.00'],
    ['de', 123456, 'eur', '1.234,56\u00a0€'],
    ['en-US', 1600, 'jpy', '¥1,600'],
    ['en-US', 1500, 'bhd', 'BHD\u00a01.500'],
    ['en-US', 1500, 'kwd', 'KWD\u00a01.500'],
    ['en-US', 1500, 'tnd', 'TND\u00a01.500'],
    // counted in hundredths, charged whole
    ['en-US', 150000, 'isk', 'ISK\u00a01,500'],
    ['en-US', 150000, 'ugx', 'UGX\u00a01,500'],
    // the browser shows none of their hundredths, in which Stripe counts
    ['en-US', 499000, 'huf', 'HUF\u00a04,990.00'],
    ['de', 499000, 'huf', '4.990,00\u00a0HUF'],
    ['en-US', 4900000, 'idr', 'IDR\u00a049,000.00'],
    ['en-US', 4900000, 'cop', 'COP\u00a049,000.00'],
    ['en-US', 499050, 'rsd', 'RSD\u00a04,990.50'],
    ['en-US', 499050, 'pkr', 'PKR\u00a04,990.50'],
    ['en-US', 499050, 'lbp', 'LBP\u00a04,990.50'],
    // the browser, or ISO 4217, has digits that Stripe does not count
    ['en-US', 5000, 'mga', 'MGA\u00a05,000'],
    ['en-US', 5000, 'xaf', 'FCFA\u00a05,000'],
  ])('in %s %i %s is %s', (locale, minor, currency, shown) => {
    expect(new Format(locale).money(minor, currency)).toBe(shown);
  });

  test('a price leaves out cents that are none, and keeps those that are', () => {
    const american = new Format('en-US');
    expect(american.price(1600, 'usd')).toBe('$16');
    expect(american.price(1650, 'usd')).toBe('$16.50');
    expect(american.price(499000, 'huf')).toBe('HUF\u00a04,990');
    expect(american.price(2500, 'kwd')).toBe('KWD\u00a02.500');
    // a twelfth of a year's 1,000 kr.
    expect(american.price(8333, 'isk')).toBe('ISK\u00a083');
  });

  test.each([
    [zeroDecimal, '1,234,500'],
    [twoDecimal, '12,345.00'],
    [wholeTwoDecimal, '12,345'],
    [threeDecimal, '1,234.500'],
  ])('is counted as Stripe counts %s', (codes, shown) => {
    const american = new Format('en-US');
    for (const code of codes.split(' ')) {
      expect(american.money(1234500, code).replace(/^[^\d]*/, '')).toBe(shown);
    }
  });
});

describe('days', () => {
  test('are counted on the calendar, across a change of the clocks too', () => {
    expect(daysUntil(new Date('2026-11-28T01:00:00'), new Date('2026-11-21T23:00:00'))).toBe(7);
    expect(daysUntil(new Date('2027-04-01T00:30:00'), new Date('2027-03-27T12:00:00'))).toBe(5);
  });

  test('that are over count as none', () => {
    expect(daysUntil(new Date('2026-11-20T00:00:00'), new Date('2026-11-21T00:00:00'))).toBe(0);
  });

  test('read as people say them', () => {
    expect([0, 1, 12].map((days) => british.inDays(days))).toEqual(['today', 'tomorrow', 'in 12 days']);
  });

  test('name the year only when it is another one', () => {
    const now = new Date('2026-11-21T12:00:00');
    expect(british.day(new Date('2026-12-14T12:00:00'), now)).toBe('14 December');
    expect(british.day(new Date('2027-01-03T12:00:00'), now)).toBe('3 January 2027');
  });
});
