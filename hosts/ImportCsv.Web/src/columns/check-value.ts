import { type Notation, plainValue } from '../notation/notation';
import type { Column, ColumnType } from './column';

/** What can be wrong with a row; the server uses the same words. */
export const rowErrorCodes = [
  'required_missing',
  'not_a_number',
  'not_an_integer',
  'not_a_date',
  'not_a_boolean',
  'not_an_email',
  'not_a_url',
  'not_in_list',
  'pattern_mismatch',
  'too_small',
  'too_large',
  'duplicate_value',
  'too_few_fields',
  'too_many_fields',
] as const;

export type RowErrorCode = (typeof rowErrorCodes)[number];

const emailForm = /^[^\s\p{C}@,;:<>()[\]\\"]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;
const yes: readonly string[] = ['true', 'yes', 'y', '1'];
const no: readonly string[] = ['false', 'no', 'n', '0'];

/** Longer values are left to the server: a pattern must not hold up the page. */
const patternCharactersMax = 1_000;

/** What is wrong with a trimmed value by the rules of its column alone, or null. Uniqueness takes the other rows. */
export function checkValue(column: Column, value: string, notation: Notation): RowErrorCode | null {
  if (value === '') {
    return column.required ? 'required_missing' : null;
  }
  const plain = plainValue(column, value, notation);
  if (plain === null) {
    return unreadable(column.type);
  }
  return checkType(column, plain) ?? checkRange(column, plain) ?? checkPattern(column, plain);
}

/** The truth in a boolean's text, or null. */
export function truthOf(value: string): boolean | null {
  const lower = value.toLowerCase();
  return yes.includes(lower) ? true : no.includes(lower) ? false : null;
}

/** The types whose values are read before they are checked. */
function unreadable(type: ColumnType): RowErrorCode {
  return type === 'date' ? 'not_a_date' : type === 'number' ? 'not_a_number' : 'not_an_integer';
}

function checkType({ type, values }: Column, value: string): RowErrorCode | null {
  switch (type) {
    case 'text':
    case 'number':
    case 'date':
      return null;
    case 'integer':
      return isInteger(value) ? null : 'not_an_integer';
    case 'boolean':
      return truthOf(value) === null ? 'not_a_boolean' : null;
    case 'email':
      return isEmail(value) ? null : 'not_an_email';
    case 'url':
      return isUrl(value) ? null : 'not_a_url';
    case 'select':
      return values.includes(value) ? null : 'not_in_list';
  }
}

function checkRange({ type, min, max }: Column, value: string): RowErrorCode | null {
  const counts = type === 'number' || type === 'integer';
  if (!counts && type !== 'text') {
    return null;
  }
  const size = counts ? Number(value) : value.length;
  if (min !== null && size < min) {
    return 'too_small';
  }
  return max !== null && size > max ? 'too_large' : null;
}

function checkPattern({ pattern }: Column, value: string): RowErrorCode | null {
  const isTried = pattern !== null && value.length <= patternCharactersMax;
  return isTried && !pattern.test(value) ? 'pattern_mismatch' : null;
}

/** What 64 bits hold, as the server does. */
function isInteger(value: string): boolean {
  if (!/^[+-]?\d{1,40}$/.test(value)) {
    return false;
  }
  const whole = BigInt(value.replace('+', ''));
  return BigInt.asIntN(64, whole) === whole;
}

function isEmail(value: string): boolean {
  return value.length <= 254 && emailForm.test(value);
}

function isUrl(value: string): boolean {
  return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);
}
