import type { Column } from '../columns/column';
import type { DateOrder } from './date-order';
import type { DecimalMark } from './decimal-mark';
import type { ColumnEvidence } from './evidence';
import type { Notation } from './notation';

/** How a column is read, and the value that its reader has to explain first, if any. */
export interface Settled {
  readonly notation: Notation;
  readonly question: string | null;
}

/**
 * Reads a column as its values say; where they do not, as was `chosen`, else with points the day first, else as the
 * reader would write.
 */
export function settle(
  { type }: Column,
  { order, mark }: ColumnEvidence,
  chosen: Partial<Notation>,
  preferred: Notation,
): Settled {
  const notation: Notation = {
    order: chosen.order ?? order.likely(usualOrder(order.question) ?? preferred.order),
    mark: chosen.mark ?? mark.likely(preferred.mark),
  };
  switch (type) {
    case 'date':
      return { notation, question: order.question };
    case 'number':
      return { notation, question: mark.question };
    case 'integer':
      return { notation: { ...notation, mark: wholeMark(mark.question) ?? notation.mark }, question: null };
    default:
      return { notation, question: null };
  }
}

/** With points the day comes first, wherever dates are written so. */
function usualOrder(doubtful: string | null): DateOrder | null {
  return doubtful?.includes('.') ? 'day-first' : null;
}

/** A whole number has no decimals: what stands in it can only group its thousands. */
function wholeMark(doubtful: string | null): DecimalMark | null {
  return doubtful === null ? null : doubtful.includes('.') ? ',' : '.';
}
