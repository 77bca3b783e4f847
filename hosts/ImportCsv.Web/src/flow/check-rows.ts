import type { CsvRecord } from '../csv/csv-parser';
import { trimmed } from '../csv/blank';
import { isBlankFrom } from '../csv/delimiter';
import { readCsv } from '../csv/read-csv';
import type { Progress } from '../csv/inspect-csv';
import { checkValue, type RowErrorCode } from '../columns/check-value';
import { type ImportPlan, plainOf, valuesOf } from './plan';

/** A row with something wrong in it, at first or still. */
export interface FaultyRow {
  /** Which row of the file, from 0, without the header. */
  readonly row: number;
  readonly line: number;
  /** By our columns; corrected values replace what the file has. */
  readonly values: string[];
  /** What is wrong with the row as a whole; nothing that a value could correct. */
  readonly shape: RowErrorCode | null;
  /** What is wrong now, by the index of our column. */
  errors: ReadonlyMap<number, RowErrorCode>;
  /** Each of our columns that was ever wrong in this row. */
  readonly touched: Set<number>;
}

/** More rows than these are counted, but not kept to be corrected: such a file is corrected where it was made. */
export const faultyRowsKept = 500;

/** The result of checking a file: what is right is only counted, what is wrong can be corrected. */
export class RowCheck {
  rows = 0;
  /** The rows that are wrong in the file, ascending. */
  readonly faulty: number[] = [];
  /** The first of them. */
  readonly kept: FaultyRow[] = [];
  private readonly plan: ImportPlan;
  private readonly claims: ReadonlyMap<number, Map<string, number>>;

  constructor(plan: ImportPlan) {
    this.plan = plan;
    const unique = plan.columns.flatMap(({ unique }, index) => (unique ? [index] : []));
    this.claims = new Map(unique.map((index) => [index, new Map<string, number>()]));
  }

  /** How many rows would be imported as things are. */
  get sound(): number {
    return this.rows - this.faulty.length + this.kept.filter(isSound).length;
  }

  take(record: CsvRecord): void {
    const row = this.rows++;
    const values = valuesOf(this.plan, record);
    const shape = shapeOf(record, this.plan.width);
    const errors = this.errorsOf(row, values);
    if (shape === null && errors.size === 0) {
      return;
    }
    this.faulty.push(row);
    if (this.kept.length < faultyRowsKept) {
      this.kept.push({ row, line: record.line, values, shape, errors, touched: new Set(errors.keys()) });
    }
  }

  correct(faulty: FaultyRow, column: number, value: string): void {
    const claimed = this.claims.get(column);
    const before = this.heldBy(column, faulty.values[column]!);
    if (claimed?.get(before) === faulty.row) {
      claimed.delete(before);
    }
    faulty.values[column] = trimmed(value);
    faulty.errors = this.errorsOf(faulty.row, faulty.values);
    faulty.errors.forEach((_, index) => faulty.touched.add(index));
  }

  private errorsOf(row: number, values: readonly string[]): Map<number, RowErrorCode> {
    const errors = new Map<number, RowErrorCode>();
    for (const [index, column] of this.plan.columns.entries()) {
      const value = values[index]!;
      const code = checkValue(column, value, this.plan.notations[index]!) ?? this.claim(index, value, row);
      if (code !== null) {
        errors.set(index, code);
      }
    }
    return errors;
  }

  /** The first row with a value of a unique column has it, whatever else is wrong with that row. */
  private claim(column: number, value: string, row: number): RowErrorCode | null {
    const claimed = this.claims.get(column);
    if (!claimed || value === '') {
      return null;
    }
    const held = this.heldBy(column, value);
    const owner = claimed.get(held) ?? row;
    claimed.set(held, owner);
    return owner === row ? null : 'duplicate_value';
  }

  /** What is held unique: a day is the same day however it is written. */
  private heldBy(column: number, value: string): string {
    return plainOf(this.plan, column, value);
  }
}

export function isSound(faulty: FaultyRow): boolean {
  return faulty.shape === null && faulty.errors.size === 0;
}

/** Checks every row of the file. */
export async function checkRows(plan: ImportPlan, signal: AbortSignal, progress: Progress): Promise<RowCheck> {
  const check = new RowCheck(plan);
  let isHeader = plan.hasHeader;
  for await (const piece of readCsv(plan.file, plan.reading, signal)) {
    for (const record of piece.records) {
      if (isHeader) {
        isHeader = false;
      } else {
        check.take(record);
      }
    }
    progress(piece.bytes);
  }
  return check;
}

/** Spreadsheets end lines with delimiters for columns that they once had: empty values too many are none. */
function shapeOf({ fields }: CsvRecord, width: number): RowErrorCode | null {
  if (fields.length < width) {
    return 'too_few_fields';
  }
  return isBlankFrom(fields, width) ? null : 'too_many_fields';
}
