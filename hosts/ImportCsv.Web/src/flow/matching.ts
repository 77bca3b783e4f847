import type { Column } from '../columns/column';
import type { Inspection } from '../csv/inspect-csv';
import { guessMapping, mapInOrder } from '../mapping/guess-mapping';
import { ColumnEvidence } from '../notation/evidence';
import type { Notation } from '../notation/notation';
import { settle, type Settled } from '../notation/settle';
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
  const { mapping, doubts } = hasHeader ? guessMapping(columns, first) : mapInOrder(columns, first.length);
  return { kind: 'match', file, inspection, hasHeader, mapping, doubts, choices: {}, refusal: null };
}

/** The columns that nothing feeds and that are required, or in doubt; without any column at all, the first one. */
export function unmatched(matching: Matching, columns: readonly Column[]): readonly number[] {
  const { mapping } = matching;
  const missing = [...columns.keys()].filter((at) => mapping[at] === null && isRequired(matching, columns, at));
  return missing.length === 0 && mapping.every((source) => source === null) ? [0] : missing;
}

/** Nothing goes on before somebody has said what feeds it, or that nothing does. */
export function isRequired({ doubts }: Matching, columns: readonly Column[], index: number): boolean {
  return columns[index]!.required || (doubts[index]?.length ?? 0) > 0;
}

export function planOf(matching: Matching, columns: readonly Column[], preferred: Notation): ImportPlan {
  const { file, inspection, hasHeader, mapping } = matching;
  const width = inspection.head[0]?.fields.length ?? 0;
  const notations = columns.map((column, index) => notationOf(matching, column, index, preferred).notation);
  return { file, reading: inspection.reading, columns, mapping, notations, hasHeader, width };
}

/** How the column of the file that feeds ours is written. */
export function notationOf(matching: Matching, column: Column, index: number, preferred: Notation): Settled {
  const source = matching.mapping[index] ?? null;
  const evidence = source === null ? undefined : matching.inspection.evidence[source];
  const chosen = source === null ? undefined : matching.choices[source];
  return settle(column, evidence ?? new ColumnEvidence(), chosen ?? {}, preferred);
}

export function rowsOf({ inspection, hasHeader }: Pick<Matching, 'inspection' | 'hasHeader'>): number {
  return inspection.records - (hasHeader ? 1 : 0);
}

/** The first rows as they will be read, without the names. */
export function firstRows({ inspection, hasHeader }: Matching): Inspection['head'] {
  return inspection.head.slice(hasHeader ? 1 : 0).slice(0, 5);
}
