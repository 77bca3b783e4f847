import { bag, type Bag, eachText, flag, list, Malformed, optionalText, text } from '../api/read';
import { columnsMax } from '../csv/csv-parser';
import { type Column, columnTypes } from './column';

/** Reads columns as the server or the page names them. Throws `Malformed` for what makes no sense. */
export function readColumns(value: unknown): readonly Column[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > columnsMax) {
    throw new Malformed('columns is not a list that can be shown');
  }
  const columns = value.map(readColumn);
  if (new Set(columns.map(({ key }) => key)).size < columns.length) {
    throw new Malformed('two columns have one key');
  }
  return columns;
}

function readColumn(value: unknown): Column {
  const from = bag(value, 'column');
  const key = text(from, 'key');
  const type = columnTypes.find((known) => known === (optionalText(from, 'type') ?? 'text'));
  if (!type) {
    throw new Malformed(`${key} has an unknown type`);
  }
  return {
    key,
    label: optionalText(from, 'label') ?? key,
    type,
    required: flag(from, 'required', false),
    unique: flag(from, 'unique', false),
    values: list(from, 'values', eachText),
    pattern: readPattern(optionalText(from, 'pattern')),
    min: optionalNumber(from, 'min'),
    max: optionalNumber(from, 'max'),
    example: optionalText(from, 'example') ?? '',
  };
}

/** A group that repeats what repeats can take for ever on a short text; the server has a clock for such a pattern. */
const nestedRepetition = /\([^)]*[+*{|][^)]*\)[+*{]|\\\d/;

function readPattern(source: string | null): RegExp | null {
  if (source === null || source.length > 500 || nestedRepetition.test(source)) {
    return null;
  }
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    // written for another engine: left to the server
    return null;
  }
}

function optionalNumber(from: Bag, key: string): number | null {
  const value = from[key] ?? null;
  if (value !== null && (typeof value !== 'number' || !Number.isFinite(value))) {
    throw new Malformed(`${key} is not a number`);
  }
  return value;
}
