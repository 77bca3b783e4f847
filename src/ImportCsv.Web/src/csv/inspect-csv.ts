import { ColumnEvidence } from '../notation/evidence';
import { CsvFault } from './csv-fault';
import type { CsvRecord } from './csv-parser';
import { detectDelimiter } from './delimiter';
import { detectEncoding, hasWideCharacters } from './encoding';
import { bytesOf, readCsv, type Reading } from './read-csv';

/** What is known of a file once it was read through: how, its first records, and how many there are. */
export interface Inspection {
  readonly reading: Reading;
  readonly head: readonly CsvRecord[];
  readonly records: number;
  /** How dates and numbers are written, by the columns of the file. */
  readonly evidence: readonly ColumnEvidence[];
}

/** What a reader chose instead of what would be detected. */
export type Wish = Partial<Reading>;

export type Progress = (bytes: number) => void;

const sampleBytes = 65_536;
const headRecords = 6;

/**
 * Reads the whole file once and keeps its first records. Throws a `CsvFault` for what is no CSV, and for more than
 * `recordsMax` records, as soon as it is seen.
 */
export async function inspectCsv(
  file: Blob,
  wish: Wish,
  recordsMax: number,
  signal: AbortSignal,
  progress: Progress,
): Promise<Inspection> {
  const sample = await bytesOf(file.slice(0, sampleBytes), 1);
  const detected = detectEncoding(sample, file.size <= sampleBytes);
  const readAs = (encoding: Reading['encoding']) => {
    const text = new TextDecoder(encoding).decode(sample);
    return { encoding, delimiter: wish.delimiter ?? detectDelimiter(text) };
  };
  try {
    return await readThrough(file, readAs(wish.encoding ?? detected), recordsMax, signal, progress);
  } catch (error) {
    const isGuess = !wish.encoding && detected === 'utf-8' && !hasWideCharacters(sample);
    if (error instanceof CsvFault && error.code === 'encoding_broken' && isGuess) {
      // nothing but ASCII so far, which is both; what came then decides
      return await readThrough(file, readAs('windows-1252'), recordsMax, signal, progress);
    }
    throw error;
  }
}

async function readThrough(
  file: Blob,
  reading: Reading,
  recordsMax: number,
  signal: AbortSignal,
  progress: Progress,
): Promise<Inspection> {
  const head: CsvRecord[] = [];
  const evidence: ColumnEvidence[] = [];
  let records = 0;
  for await (const piece of readCsv(file, reading, signal)) {
    head.push(...piece.records.slice(0, headRecords - head.length));
    records += piece.records.length;
    const first = piece.records[0];
    if (records > recordsMax) {
      throw new CsvFault('row_limit_exceeded', first?.line ?? 1);
    }
    piece.records.forEach(({ fields }) => hear(evidence, fields));
    progress(piece.bytes);
  }
  if (records === 0) {
    throw new CsvFault('file_empty', 1);
  }
  return { reading, head, records, evidence };
}

function hear(evidence: ColumnEvidence[], fields: readonly string[]): void {
  for (const [index, field] of fields.entries()) {
    (evidence[index] ??= new ColumnEvidence()).hear(field);
  }
}
