import { csvLine } from '../csv/write-csv';
import type { Progress } from '../csv/inspect-csv';
import type { RowCheck } from './check-rows';
import type { ImportPlan } from './plan';
import { soundRows } from './sound-rows';

/** The file that is sent, and from its lines the way back to those of the file that was picked. */
export interface WrittenImport {
  readonly file: Blob;
  readonly mapping: Readonly<Record<string, string>>;
  originalLine(line: number): number;
}

/**
 * Writes the rows to be imported anew: UTF-8, commas, our keys as header, and no column that nobody asked for. So what
 * the server reads is what the reader saw, whatever the file's encoding and delimiter were.
 */
export async function writeImport(
  plan: ImportPlan,
  check: RowCheck,
  signal: AbortSignal,
  progress: Progress,
): Promise<WrittenImport> {
  const used = plan.mapping.flatMap((source, index) => (source === null ? [] : [index]));
  const keys = used.map((index) => plan.columns[index]!.key);
  // a blob holds its bytes outside of the script's memory, on disk when they are many
  const parts: Blob[] = [new Blob([csvLine(keys)])];
  const shifts: Shift[] = [];
  let line = 2;
  for await (const rows of soundRows(plan, check, signal, progress)) {
    let text = '';
    for (const row of rows) {
      noteShift(shifts, line, row.line);
      const written = csvLine(used.map((index) => row.values[index]!));
      text += written;
      line += linesIn(written);
    }
    parts.push(new Blob([text]));
  }
  return {
    file: new Blob(parts, { type: 'text/csv' }),
    mapping: Object.fromEntries(keys.map((key) => [key, key])),
    originalLine: (sent) => sent + (shifts.findLast(({ from }) => from <= sent)?.by ?? 0),
  };
}

/** From a line of what was written on, lines of the picked file are so many further. */
interface Shift {
  readonly from: number;
  readonly by: number;
}

function noteShift(shifts: Shift[], written: number, original: number): void {
  const by = original - written;
  if (by !== (shifts.at(-1)?.by ?? 0)) {
    shifts.push({ from: written, by });
  }
}

function linesIn(written: string): number {
  return written.match(/\r\n|\n|\r/g)?.length ?? 1;
}
