import type { CsvRecord } from '../csv/csv-parser';
import { readCsv } from '../csv/read-csv';
import type { Progress } from '../csv/inspect-csv';
import { type FaultyRow, isSound, type RowCheck } from './check-rows';
import { type ImportPlan, plainOf, valuesOf } from './plan';

/** A row to be imported: its values by our columns, in their plain form, and its line in the file. */
export interface SoundRow {
  readonly line: number;
  readonly values: readonly string[];
}

/** Reads the file once more and hands on the rows that are right or were corrected, in batches. */
export async function* soundRows(
  plan: ImportPlan,
  check: RowCheck,
  signal: AbortSignal,
  progress: Progress,
): AsyncGenerator<readonly SoundRow[]> {
  const corrected = new Map<number, FaultyRow>(check.kept.filter(isSound).map((faulty) => [faulty.row, faulty]));
  let row = plan.hasHeader ? -1 : 0;
  let nextFaulty = 0;
  const plain = (values: readonly string[]) => values.map((value, index) => plainOf(plan, index, value));
  const keep = (record: CsvRecord): SoundRow[] => {
    const index = row++;
    if (index < 0) {
      return [];
    }
    if (check.faulty[nextFaulty] !== index) {
      return [{ line: record.line, values: plain(valuesOf(plan, record)) }];
    }
    nextFaulty++;
    const values = corrected.get(index)?.values;
    return values ? [{ line: record.line, values: plain(values) }] : [];
  };
  for await (const piece of readCsv(plan.file, plan.reading, signal)) {
    yield piece.records.flatMap(keep);
    progress(piece.bytes);
  }
}
