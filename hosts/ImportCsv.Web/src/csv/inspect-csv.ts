import { ColumnEvidence } from '../notation/evidence';
import { CsvFault } from './csv-fault';
import type { CsvNotes, CsvRecord } from './csv-parser';
import { detectDelimiters, type Division } from './delimiter';
import { detectEncoding, hasWideCharacters } from './encoding';
import { readFileStart, saidDelimiter } from './file-start';
import { bytesOf, readCsv, type Reading } from './read-csv';

/** What is known of a file once it was read through: how, its first records, and how many there are. */
export interface Inspection {
  readonly reading: Reading;
  readonly head: readonly CsvRecord[];
  readonly records: number;
  /** What was read that no CSV should have. */
  readonly notes: CsvNotes;
  /** The ways in which the file can be read, where there is more than one: the reader has to say. */
  readonly doubt: readonly Division[];
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
  const read = (encoding: Reading['encoding']) => {
    const text = new TextDecoder(encoding).decode(sample);
    const start = readFileStart(text);
    const said = wish.delimiter ?? saidDelimiter(start);
    const found = said
      ? [{ delimiter: said, fields: [] }]
      : detectDelimiters(text.slice(start.length), file.size <= sampleBytes);
    const reading = { encoding, delimiter: found[0]!.delimiter };
    return readThrough(file, reading, found.length > 1 ? found : [], recordsMax, signal, progress);
  };
  try {
    return await read(wish.encoding ?? detected);
  } catch (error) {
    const isGuess = !wish.encoding && detected === 'utf-8' && !hasWideCharacters(sample);
    if (error instanceof CsvFault && error.code === 'encoding_broken' && isGuess) {
      // nothing but ASCII so far, which is both; what came then decides
      return await read('windows-1252');
    }
    throw error;
  }
}

async function readThrough(
  file: Blob,
  reading: Reading,
  doubt: readonly Division[],
  recordsMax: number,
  signal: AbortSignal,
  progress: Progress,
): Promise<Inspection> {
  const head: CsvRecord[] = [];
  const evidence: ColumnEvidence[] = [];
  let records = 0;
  let notes: CsvNotes = new Map();
  for await (const piece of readCsv(file, reading, signal)) {
    head.push(...piece.records.slice(0, headRecords - head.length));
    records += piece.records.length;
    notes = piece.notes;
    const first = piece.records[0];
    if (records > recordsMax) {
      throw new CsvFault('row_limit_exceeded', first?.line ?? 1);
    }
    piece.records.forEach(({ fields }) => add(evidence, fields));
    progress(piece.bytes);
  }
  if (records === 0) {
    throw new CsvFault('file_empty', 1);
  }
  return { reading, head, records, notes, doubt, evidence };
}

function add(evidence: ColumnEvidence[], fields: readonly string[]): void {
  for (const [index, field] of fields.entries()) {
    (evidence[index] ??= new ColumnEvidence()).add(field);
  }
}
