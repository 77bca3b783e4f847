import type { Column } from '../columns/column';
import { type DateOrder, readDate } from './date-order';
import { type DecimalMark, readNumber } from './decimal-mark';

/** How the values of a column are written, where people differ. */
export interface Notation {
  readonly order: DateOrder;
  readonly mark: DecimalMark;
}

/** A trimmed value in the one form that is sent, whoever wrote it: ISO dates, numbers with a point. Null for none. */
export function plainValue({ type }: Column, value: string, { order, mark }: Notation): string | null {
  switch (type) {
    case 'date':
      return readDate(value, order);
    case 'number':
    case 'integer':
      return readNumber(value, mark);
    default:
      return value;
  }
}
