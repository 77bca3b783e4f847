import { describe, expect, test } from 'vitest';
import { readColumns } from '../columns/read-columns';
import { guessMapping, mapInOrder, remap } from './guess-mapping';

const columns = readColumns([
  { key: 'name', label: 'Full name' },
  { key: 'email', label: 'E-mail' },
  { key: 'born', label: 'Date of birth' },
]);

describe('names', () => {
  const none = [[], [], []];

  test.each([
    [['E-MAIL', 'full_name'], [1, 0, null]],
    [['Name', 'E-Mail-Adresse', 'Geburtsdatum'], [0, 1, 2]],
    // the one that is called exactly so
    [['email', 'Email'], [null, 0, null]],
    [['mail', 'email'], [null, 1, null]],
    [['colour', 'size'], [null, null, null]],
    [['', '###'], [null, null, null]],
    [['<img onerror=x>', '__proto__'], [null, null, null]],
  ])('%j', (headers, mapping) => {
    expect(guessMapping(columns, headers)).toEqual({ mapping, doubts: none });
  });

  test.each([
    ['nearly the same', ['Ful name', 'Emial'], [[0], [], []]],
    ['one within another', ['x', 'customer email'], [[], [1], []]],
    ['two that are the same', ['E-MAIL', 'e mail', 'x'], [[], [0, 1], []]],
    ['key and label', ['name', 'Full name'], [[0, 1], [], []]],
    ['two words for it', ['mail', 'x', 'E-Mail-Adresse'], [[], [0, 2], []]],
    ['the nearest first', ['Full names', 'Full name!!', 'Fully names'], [[], [], []]],
  ])('are asked about: %s', (name, headers, doubts) => {
    const guess = guessMapping(columns, headers);
    expect(guess.doubts).toEqual(doubts);
    expect(guess.mapping).toEqual(name === 'the nearest first' ? [1, null, null] : [null, null, null]);
  });

  test.each([
    ['a symbol is no empty name', ['\u20ac'], [''], [null]],
    ['a symbol is itself', ['\u20ac'], ['', '\u20ac'], [1]],
    ['another symbol is another column', ['Preis \u20ac', 'Preis $'], ['Preis $', 'Preis \u20ac'], [1, 0]],
    ['another mark is another word', ['\u0915\u093f', '\u0915\u0940'], ['\u0915\u0940', '\u0915\u093f'], [1, 0]],
    ['composed or not is the same', ['Caf\u00e9'], ['Cafe\u0301'], [0]],
  ])('keep marks and symbols: %s', (_name, labels, headers, mapping) => {
    const labelled = readColumns(labels.map((label, index) => ({ key: `c${index}`, label })));
    expect(guessMapping(labelled, headers)).toEqual({ mapping, doubts: labels.map(() => []) });
  });

  test('without an accent are a question', () => {
    const labelled = readColumns([{ key: 'c', label: 'R\u00e9sum\u00e9' }]);
    expect(guessMapping(labelled, ['Resume'])).toEqual({ mapping: [null], doubts: [[0]] });
  });

  test('that two columns are called like are of the one that is called exactly so', () => {
    const two = readColumns([{ key: 'a', label: 'E-mail' }, { key: 'email', label: 'Second' }]);
    expect(guessMapping(two, ['email'])).toEqual({ mapping: [null, 0], doubts: [[], []] });
    expect(guessMapping(two, ['EMAIL'])).toEqual({ mapping: [null, null], doubts: [[0], [0]] });
  });
});

test('without names the order decides', () => {
  expect(mapInOrder(columns, 2)).toEqual({ mapping: [0, 1, null], doubts: [[], [], []] });
});

test('a column of the file feeds one of ours: the one it was given to last', () => {
  expect(remap([0, 1, null], 2, 0)).toEqual([null, 1, 0]);
  expect(remap([0, null, null], 0, null)).toEqual([null, null, null]);
});
