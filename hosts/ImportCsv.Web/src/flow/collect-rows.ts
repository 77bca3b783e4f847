import { typedValue } from '../columns/typed-value';
import type { Progress } from '../csv/inspect-csv';
import type { RowCheck } from './check-rows';
import { type ImportPlan } from './plan';
import { soundRows } from './sound-rows';

/** A row as the page gets it: by the keys of the columns. */
export type PageRow = Readonly<Record<string, string | number | boolean | null>>;

/** All rows to be imported, for a page that takes them itself. */
export async function collectRows(
  plan: ImportPlan,
  check: RowCheck,
  signal: AbortSignal,
  progress: Progress,
): Promise<readonly PageRow[]> {
  const collected: PageRow[] = [];
  for await (const rows of soundRows(plan, check, signal, progress)) {
    for (const { values } of rows) {
      const entries = plan.columns.map((column, index) => [column.key, typedValue(column, values[index]!)] as const);
      collected.push(Object.fromEntries(entries));
    }
  }
  return collected;
}
