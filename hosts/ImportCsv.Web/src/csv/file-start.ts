import { CsvFault } from './csv-fault';
import { type Delimiter, delimiters } from './delimiter';

/** What may stand before the first row: marks, and the line by which spreadsheets name the delimiter (`sep=;`). */
export interface FileStart {
  /** How many characters are no part of a row. The line break after `sep=;` is: its line counts as one. */
  readonly length: number;
  readonly said: string | null;
}

export function readFileStart(text: string): FileStart {
  const marks = /^\ufeff*/.exec(text)![0].length;
  const said = /^sep=([^\r\n])[\r\n]/i.exec(text.slice(marks, marks + 6))?.[1] ?? null;
  return { length: marks + (said === null ? 0 : 5), said };
}

/** The delimiter that the file names, if it does. Throws a `CsvFault` for one that is none. */
export function saidDelimiter({ said }: FileStart): Delimiter | null {
  const found = delimiters.find((each) => each === said) ?? null;
  if (said !== null && found === null) {
    throw new CsvFault('csv_malformed', 1);
  }
  return found;
}
