import { describe, expect, test } from 'vitest';
import { readColumns } from '../columns/read-columns';
import { guessMapping, mapInOrder, remap } from './guess-mapping';

const columns = readColumns([
  { key: 'name', label: 'Full name' },
  { key: 'email', label: 'E-mail' },
  { key: 'born', label: 'Date of birth' },
]);

describe('names', () => {
  test.each([
    [['E-MAIL', 'full_name'], [1, 0, null]],
    [['Name', 'E-Mail-Adresse', 'Geburtsdatum'], [0, 1, 2]],
    [['Ful name', 'Emial'], [0, null, null]],
    [['customer email', 'x'], [null, 0, null]],
    [['email', 'Email'], [null, 0, null]],
    [['mail', 'email'], [null, 1, null]],
    [['colour', 'size'], [null, null, null]],
    [['', '###'], [null, null, null]],
    [['<img onerror=x>', '__proto__'], [null, null, null]],
  ])('%j', (headers, mapping) => {
    expect(guessMapping(columns, headers)).toEqual(mapping);
  });
});

test('without names the order decides', () => {
  expect(mapInOrder(columns, 2)).toEqual([0, 1, null]);
});

test('a column of the file feeds one of ours: the one it was given to last', () => {
  expect(remap([0, 1, null], 2, 0)).toEqual([null, 1, 0]);
  expect(remap([0, null, null], 0, null)).toEqual([null, null, null]);
});
