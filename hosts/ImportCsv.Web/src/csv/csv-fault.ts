/**
 * Why a file is refused as a whole; the server uses the same words. `file_empty` and `encoding_broken` are ours:
 * `encoding_broken` is a file that began as UTF-8 and did not stay so.
 */
export type CsvFaultCode =
  | 'csv_malformed'
  | 'not_csv'
  | 'line_too_long'
  | 'too_many_columns'
  | 'row_limit_exceeded'
  | 'file_empty'
  | 'file_unreadable'
  | 'encoding_broken';

/** A refusal of a file by its reader, with the line, from 1, where it was found. */
export class CsvFault extends Error {
  constructor(
    readonly code: CsvFaultCode,
    readonly line: number,
  ) {
    super(`${code} at line ${line}`);
  }
}
