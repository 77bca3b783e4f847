import { truthOf } from './check-value';
import type { Column } from './column';

/** A checked value as a page wants it: numbers and booleans as such, an empty one null, all else as text. */
export function typedValue({ type }: Column, value: string): string | number | boolean | null {
  if (value === '') {
    return null;
  }
  switch (type) {
    case 'number':
      return Number(value);
    case 'integer':
      // an account number may be longer than a number can say exactly
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'boolean':
      return truthOf(value);
    default:
      return value;
  }
}
