import { describe, expect, test } from 'vitest';
import { en } from '../text/en';
import { Format } from '../text/format';
import { rowErrorText } from '../text/row-error-text';
import type { Notation } from '../notation/notation';
import { checkValue } from './check-value';
import type { Column } from './column';
import { readColumns } from './read-columns';
import { typedValue } from './typed-value';

function column(more: object = {}): Column {
  return readColumns([{ key: 'a', ...more }])[0]!;
}

const english: Notation = { order: 'month-first', mark: '.' };

describe('a value', () => {
  test.each([
    ['', {}, null],
    ['', { required: true }, 'required_missing'],
    ['x', { required: true }, null],
    ['-12.5e3', { type: 'number' }, null],
    ['.5', { type: 'number' }, null],
    ['1,5', { type: 'number' }, 'not_a_number'],
    ['Infinity', { type: 'number' }, 'not_a_number'],
    ['0x10', { type: 'number' }, 'not_a_number'],
    ['-9223372036854775808', { type: 'integer' }, null],
    ['9223372036854775808', { type: 'integer' }, 'not_an_integer'],
    ['1.0', { type: 'integer' }, 'not_an_integer'],
    ['2024-02-29', { type: 'date' }, null],
    ['2026-11-21T09:30:00Z', { type: 'date' }, null],
    ['2026-11-21 09:30', { type: 'date' }, null],
    ['2026-02-29', { type: 'date' }, 'not_a_date'],
    ['2026-11-21T24:30', { type: 'date' }, 'not_a_date'],
    ['21.11.2026', { type: 'date' }, 'not_a_date'],
    ['11/21/2026', { type: 'date' }, null],
    ['1,234.5', { type: 'number', max: 1234 }, 'too_large'],
    ['YES', { type: 'boolean' }, null],
    ['maybe', { type: 'boolean' }, 'not_a_boolean'],
    ['ada@example.co.uk', { type: 'email' }, null],
    ['jörg@müller.example', { type: 'email' }, null],
    ['ada@example', { type: 'email' }, 'not_an_email'],
    ['Ada <ada@example.com>', { type: 'email' }, 'not_an_email'],
    ['https://example.com/a?b#c', { type: 'url' }, null],
    ['javascript:alert(1)', { type: 'url' }, 'not_a_url'],
    ['example.com', { type: 'url' }, 'not_a_url'],
    ['gold', { type: 'select', values: ['gold'] }, null],
    ['Gold', { type: 'select', values: ['gold'] }, 'not_in_list'],
    ['AB1', { pattern: '[A-Z]{2}\\d' }, null],
    ['AB12', { pattern: '[A-Z]{2}\\d' }, 'pattern_mismatch'],
    ['4', { type: 'number', min: 5 }, 'too_small'],
    ['6', { type: 'integer', max: 5 }, 'too_large'],
    ['abc', { max: 2 }, 'too_large'],
    ['=cmd()', {}, null],
  ])('%j of %j: %s', (value, more, code) => {
    expect(checkValue(column(more), value, english)).toBe(code);
  });

  test.each(['(a+)+$', '(a|aa)*', '(.*)\\1', '('])('is not held against %s, which the server tries', (pattern) => {
    expect(checkValue(column({ pattern }), 'a'.repeat(999), english)).toBeNull();
  });

  test.each([
    ['12.5', 'number', 12.5],
    ['12', 'integer', 12],
    ['9007199254740993', 'integer', '9007199254740993'],
    ['No', 'boolean', false],
    ['', 'boolean', null],
    ['2026-11-21', 'date', '2026-11-21'],
  ])('%j of %s goes to the page as %j', (value, type, typed) => {
    expect(typedValue(column({ type }), value)).toBe(typed);
  });
});

describe('columns', () => {
  test.each([null, 'x', [], [7], [{}], [{ key: 7 }], [{ key: 'a', type: 'money' }], [{ key: 'a' }, { key: 'a' }]])(
    'are not made of %j',
    (value) => {
      expect(() => readColumns(value)).toThrow();
    },
  );

  test('need nothing but a key', () => {
    expect(column()).toMatchObject({ key: 'a', label: 'a', type: 'text', required: false, unique: false });
  });
});

test.each([
  ['too_small', { type: 'number', min: 1000 }, '1,000 is the least.'],
  ['too_large', { max: 1 }, 'At most 1 character.'],
  ['pattern_mismatch', { pattern: 'x', example: 'AB-1' }, 'Write it like AB-1.'],
  ['not_a_number', {}, 'Not a number. Write it like 1234.56.'],
  ['not_a_date', {}, 'Not a date. Write it like 2026-11-21.'],
] as const)('%s says how it should be', (code, more, sentence) => {
  expect(rowErrorText(code, column(more), en, new Format('en'))).toBe(sentence);
});
