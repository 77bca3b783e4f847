import { describe, expect, test } from 'vitest';
import { readColumns } from '../columns/read-columns';
import { Format } from '../text/format';
import { readDate } from './date-order';
import { readNumber } from './decimal-mark';
import { ColumnEvidence } from './evidence';
import type { Notation } from './notation';
import { settle } from './settle';

const american: Notation = { order: 'month-first', mark: '.' };
const german: Notation = { order: 'day-first', mark: ',' };

describe('a date', () => {
  test.each([
    ['2026-11-21', '2026-11-21', '2026-11-21'],
    ['2026-11-21T09:30:00.5+01:00', '2026-11-21T09:30:00.5+01:00', '2026-11-21T09:30:00.5+01:00'],
    ['2026/1/5', '2026-01-05', '2026-01-05'],
    ['2026. 11. 21.', '2026-11-21', '2026-11-21'],
    ['2026 11 21', '2026-11-21', '2026-11-21'],
    ['03/04/2026', '2026-04-03', '2026-03-04'],
    ['3-4-2026', '2026-04-03', '2026-03-04'],
    ['3 4 2026', '2026-04-03', '2026-03-04'],
    ['3. 4. 2026', '2026-04-03', '2026-03-04'],
    ['21.11.2026', '2026-11-21', null],
    ['11/21/2026', null, '2026-11-21'],
    ['29.02.2024', '2024-02-29', null],
    ['29.02.2026', null, null],
    ['21.11.2026 9:30', '2026-11-21T09:30', null],
    ['21.11.2026, 09:30:15', '2026-11-21T09:30:15', null],
    ['11/21/2026 12:05 AM', null, '2026-11-21T00:05'],
    ['11/21/2026 12:05:59 p.m.', null, '2026-11-21T12:05:59'],
    ['11/21/2026 1:05pm', null, '2026-11-21T13:05'],
    ['11/21/2026 13:05 PM', null, null],
    ['21.11.2026 24:00', null, null],
    ['21.11.26', null, null],
    ['21.11/2026', null, null],
    ['2026-13-01', null, null],
    ['0000-01-01', null, null],
    ['21.11.', null, null],
    ['November 21, 2026', null, null],
    ['45982', null, null],
    ['', null, null],
  ])('%j is %j day first, %j month first', (value, dayFirst, monthFirst) => {
    expect([readDate(value, 'day-first'), readDate(value, 'month-first')]).toEqual([dayFirst, monthFirst]);
  });

  test('is the same one however it is written, on each day of four years', () => {
    for (let day = Date.UTC(2023, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
      const iso = new Date(day).toISOString().slice(0, 10);
      const [y, m, d] = iso.split('-') as [string, string, string];
      for (const sign of ['.', '/', '-', ' ', '. ']) {
        const read = [
          readDate([d, m, y].join(sign), 'day-first'),
          readDate([Number(m), Number(d), y].join(sign), 'month-first'),
          readDate([y, m, d].join(sign), 'day-first'),
        ];
        expect(read).toEqual([iso, iso, iso]);
      }
    }
  });
});

describe('a number', () => {
  test.each([
    ['1234.56', '1234.56', null],
    ['1234,56', null, '1234.56'],
    ['1,234.56', '1234.56', null],
    ['1.234,56', null, '1234.56'],
    ['1 234,56', null, '1234.56'],
    ['1\u202f234\u202f567', '1234567', '1234567'],
    ["1'234.50", '1234.50', null],
    ['1.234', '1.234', '1234'],
    ['1,234', '1234', '1.234'],
    ['1.234.567', null, '1234567'],
    ['-1,234,567', '-1234567', null],
    ['0.123', '0.123', null],
    ['0,123', null, '0.123'],
    ['1234.567', '1234.567', null],
    ['12.34.567', null, null],
    ['1,234 567', null, null],
    ['.5', '.5', null],
    ['-,5', null, '-.5'],
    ['1e3', '1e3', '1e3'],
    ['2,5E-3', null, '2.5E-3'],
    ['1.', '1.', null],
    ['1e999', null, null],
    ['1,23', null, '1.23'],
    ['1.2.3', null, null],
    ['€5', null, null],
    ['', null, null],
  ])('%j is %j with a point, %j with a comma', (value, point, comma) => {
    expect([readNumber(value, '.'), readNumber(value, ',')]).toEqual([point, comma]);
  });

  test.each(['en-US', 'de-DE', 'fr-FR', 'de-CH', 'pl-PL'])('is read back as %s writes it', (locale) => {
    const { mark } = new Format(locale).notation;
    const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
    for (let power = -6; power < 15; power++) {
      for (const digits of [1, 12, 123, 1.5, 98.765, -4.25]) {
        const value = Number((digits * 10 ** power).toPrecision(5));
        expect(Number(readNumber(written.format(value).replace('−', '-'), mark))).toBe(value);
      }
    }
  });
});

describe('a column', () => {
  const settled = (type: string, values: readonly string[], chosen: Partial<Notation> = {}, preferred = american) => {
    const evidence = new ColumnEvidence();
    values.forEach((value) => evidence.add(value));
    const { notation, question } = settle(readColumns([{ key: 'a', type }])[0]!, evidence, chosen, preferred);
    return [type === 'date' ? notation.order : notation.mark, question];
  };

  test.each([
    ['date', ['03/04/2026', ' 13/04/2026 '], 'day-first', null],
    ['date', ['03/04/2026', '04/13/2026'], 'month-first', null],
    ['date', ['2026-11-21', '05/05/2026', 'soon', ''], 'month-first', null],
    ['date', ['05/05/2026', '03/04/2026'], 'month-first', '03/04/2026'],
    ['date', ['13/04/2026', '14/04/2026', '04/13/2026', '03/04/2026'], 'day-first', '03/04/2026'],
    ['date', ['13/04/2026', '04/13/2026'], 'month-first', null],
    ['date', ['03.04.2026'], 'day-first', '03.04.2026'],
    ['date', ['03.04.2026', '04.13.2026'], 'month-first', null],
    ['number', ['1.234', '0,5'], ',', null],
    ['number', ['1,234', '1.5'], '.', null],
    ['number', ['12', '1 000', '-7'], '.', null],
    ['number', ['12', '1.234'], '.', '1.234'],
    ['number', ['1,234'], '.', '1,234'],
    ['integer', ['1.234'], ',', null],
    ['integer', ['1,234'], '.', null],
    ['text', ['1.234', '03/04/2026'], '.', null],
  ])('of %s with %j is read as %s, and asked for: %s', (type, values, way, question) => {
    expect(settled(type, values)).toEqual([way, question]);
  });

  test('in doubt is read as was chosen, else as the reader writes', () => {
    expect(settled('date', ['03/04/2026'], {}, german)).toEqual(['day-first', '03/04/2026']);
    expect(settled('date', ['03/04/2026'], { order: 'month-first' }, german)).toEqual(['month-first', '03/04/2026']);
    expect(settled('number', ['1.234'], {}, german)).toEqual([',', '1.234']);
    expect(settled('number', ['1.234'], { mark: '.' }, german)).toEqual(['.', '1.234']);
  });
});

test.each([
  ['en-US', american],
  ['en-GB', { order: 'day-first', mark: '.' }],
  ['de', german],
  ['ja', { order: 'day-first', mark: '.' }],
])('who reads %s writes like %j', (locale, notation) => {
  expect(new Format(locale).notation).toEqual(notation);
});
