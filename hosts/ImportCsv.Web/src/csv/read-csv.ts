import { CsvFault } from './csv-fault';
import { type CsvNotes, CsvParser, type CsvRecord } from './csv-parser';
import type { Delimiter } from './delimiter';
import type { Encoding } from './encoding';
import { readFileStart } from './file-start';

/** How a file is to be read. */
export interface Reading {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
}

/** The records that ended in one piece of the file, and the bytes read so far. */
export interface Piece {
  readonly records: readonly CsvRecord[];
  readonly bytes: number;
  /** What was read so far that no CSV should have. */
  readonly notes: CsvNotes;
}

/** Small enough that the page answers between two pieces, large enough to be quick. */
const pieceBytes = 131_072;

/** The records of a file, piece by piece: of the file itself, no more than a piece is in memory. */
export async function* readCsv(file: Blob, reading: Reading, signal: AbortSignal): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(reading.encoding, { fatal: true });
  const parser = new CsvParser(reading.delimiter);
  let isStart = true;
  for (let from = 0; from < file.size; from += pieceBytes) {
    const bytes = await bytesOf(file.slice(from, from + pieceBytes), parser.line);
    signal.throwIfAborted();
    const last = from + bytes.length >= file.size;
    const text = decode(decoder, bytes, last, reading.encoding, parser.line);
    const records = parser.push(isStart ? text.slice(readFileStart(text).length) : text);
    isStart = false;
    yield { records: last ? [...records, ...parser.end()] : records, bytes: from + bytes.length, notes: parser.notes };
  }
}

/** The bytes of a piece. A file that was moved or changed after it was picked cannot be read any more. */
export async function bytesOf(piece: Blob, line: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await piece.arrayBuffer());
  } catch {
    // the browser names no reason that a reader could act on
    throw new CsvFault('file_unreadable', line);
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array<ArrayBuffer>, last: boolean, encoding: Encoding, line: number) {
  try {
    return decoder.decode(bytes, { stream: !last });
  } catch {
    // once more and leniently, to see on which line it stops making sense
    const seen = new TextDecoder(encoding).decode(bytes);
    const sound = seen.slice(0, Math.max(0, seen.indexOf('\ufffd')));
    throw new CsvFault('encoding_broken', line + sound.split(/\r\n|\n|\r/).length - 1);
  }
}
