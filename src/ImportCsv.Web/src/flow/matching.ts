import type { Column } from '../columns/column';
import type { Inspection } from '../csv/inspect-csv';
import { guessMapping, mapInOrder } from '../mapping/guess-mapping';
import type { ImportPlan } from './plan';
import type { Matching } from './step';

/** The first proposal for a file that was read. */
export function proposeMatching(
  file: File,
  inspection: Inspection,
  columns: readonly Column[],
  hasHeader: boolean,
): Matching {
  const first = inspection.head[0]?.fields ?? [];
  const mapping = hasHeader ? guessMapping(columns, first) : mapInOrder(columns, first.length);
  return { kind: 'match', file, inspection, hasHeader, mapping, refusal: null };
}

/** The required columns that nothing feeds; without any column at all, the first one. */
export function unmatched({ mapping }: Pick<Matching, 'mapping'>, columns: readonly Column[]): readonly number[] {
  const missing = columns.flatMap(({ required }, index) => (required && mapping[index] === null ? [index] : []));
  return missing.length === 0 && mapping.every((source) => source === null) ? [0] : missing;
}

export function planOf({ file, inspection, hasHeader, mapping }: Matching, columns: readonly Column[]): ImportPlan {
  const width = inspection.head[0]?.fields.length ?? 0;
  return { file, reading: inspection.reading, columns, mapping, hasHeader, width };
}

export function rowsOf({ inspection, hasHeader }: Pick<Matching, 'inspection' | 'hasHeader'>): number {
  return inspection.records - (hasHeader ? 1 : 0);
}

/** The first rows as they will be read, without the names. */
export function firstRows({ inspection, hasHeader }: Matching): Inspection['head'] {
  return inspection.head.slice(hasHeader ? 1 : 0).slice(0, 5);
}
