import type { Column } from '../columns/column';
import { trimmed } from '../csv/blank';
import type { CsvRecord } from '../csv/csv-parser';
import type { Reading } from '../csv/read-csv';
import type { Mapping } from '../mapping/guess-mapping';
import { type Notation, plainValue } from '../notation/notation';

/** All that decides what the rows of a file mean. */
export interface ImportPlan {
  readonly file: File;
  readonly reading: Reading;
  readonly columns: readonly Column[];
  readonly mapping: Mapping;
  /** How dates and numbers are written, by our columns. */
  readonly notations: readonly Notation[];
  readonly hasHeader: boolean;
  /** How many values the first record has, and every other one should. */
  readonly width: number;
}

/** What a record holds for our columns, in their order, without the space around it. */
export function valuesOf(plan: ImportPlan, record: CsvRecord): string[] {
  return plan.columns.map((_, index) => {
    const source = plan.mapping[index] ?? null;
    return source === null ? '' : trimmed(record.fields[source] ?? '');
  });
}

/** A value of our column as it is sent, in its plain form where it has one. */
export function plainOf({ columns, notations }: ImportPlan, index: number, value: string): string {
  const column = columns[index]!;
  return column.type === 'text' ? value : (plainValue(column, value, notations[index]!) ?? value);
}

/** The columns that the file feeds. */
export function mappedColumns(plan: Pick<ImportPlan, 'columns' | 'mapping'>): readonly Column[] {
  return plan.columns.filter((_, index) => (plan.mapping[index] ?? null) !== null);
}
