import { describe, expect, test } from 'vitest';
import { readColumns } from '../columns/read-columns';
import { checkRows, isSound } from '../flow/check-rows';
import { planOf, proposeMatching } from '../flow/matching';
import { isSame } from '../mapping/likeness';
import cases from '../testing/csv-cases.json';
import { bytesOfText, csvFile } from '../testing/files';
import { trimmed } from './blank';
import { CsvFault } from './csv-fault';
import type { CsvRecord } from './csv-parser';
import type { Delimiter } from './delimiter';
import { inspectCsv } from './inspect-csv';
import { readCsv } from './read-csv';

/** The server's tests go through the same cases. */
interface FileCase {
  readonly name: string;
  readonly text: string;
  readonly encoding?: string;
  readonly given?: string;
  readonly delimiter?: string;
  readonly rows?: readonly (readonly string[])[];
  readonly lines?: readonly number[];
  readonly notes?: Readonly<Record<string, number>>;
  readonly unclear?: readonly string[];
  readonly refused?: string;
  readonly line?: number;
}

const signal = new AbortController().signal;

function fileOf({ text, encoding }: FileCase): File {
  const wide = encoding as 'utf-16le' | 'windows-1252' | undefined;
  return csvFile(wide ? bytesOfText(text, wide) : new TextEncoder().encode(text));
}

async function inspect(one: FileCase) {
  const wish = one.given ? { delimiter: one.given as Delimiter } : {};
  return inspectCsv(fileOf(one), wish, 1e9, signal, () => {});
}

describe('a file', () => {
  const files: readonly FileCase[] = cases.files;

  test.each(files.filter(({ rows, delimiter }) => rows ?? delimiter))('is read: $name', async (one) => {
    const { reading, doubt, notes } = await inspect(one);
    const records: CsvRecord[] = [];
    for await (const piece of readCsv(fileOf(one), reading, signal)) {
      records.push(...piece.records);
    }
    expect(reading.delimiter).toBe(one.delimiter);
    expect(doubt).toEqual([]);
    expect(Object.fromEntries(notes)).toEqual(one.notes ?? {});
    expect(records.map(({ fields }) => fields)).toEqual(one.rows ?? expect.anything());
    expect(records.map(({ line }) => line)).toEqual(one.lines ?? expect.anything());
  });

  test.each(files.filter(({ unclear }) => unclear))('is asked about: $name', async (one) => {
    expect((await inspect(one)).doubt.map(({ delimiter }) => delimiter)).toEqual(one.unclear);
  });

  test.each(files.filter(({ refused }) => refused))('is refused: $name', async (one) => {
    const fault = await inspect(one).catch((error: unknown) => error as CsvFault);
    expect(fault).toBeInstanceOf(CsvFault);
    expect((fault as CsvFault).code).toBe(one.refused === 'empty' ? 'file_empty' : one.refused);
    expect((fault as CsvFault).line).toBe(one.line ?? (fault as CsvFault).line);
  });
});

test.each(cases.names)('$one and $other are one name: $same', ({ one, other, same }) => {
  expect([isSame(one, other), isSame(other, one)]).toEqual([same, same]);
});

test.each(cases.values)('%j without space is %j', (value, without) => {
  expect(trimmed(value!)).toBe(without);
});

test('rows have as many values as the first, and empty ones at the end', async () => {
  const { text, faults } = cases.shapes;
  const columns = readColumns([{ key: 'a' }, { key: 'b' }]);
  const inspection = await inspect({ name: '', text });
  const matching = proposeMatching(csvFile(text), inspection, columns, true);
  const plan = planOf(matching, columns, { order: 'day-first', mark: '.' });
  const check = await checkRows(plan, signal, () => {});
  expect(check.kept.filter((faulty) => !isSound(faulty)).map(({ line, shape }) => [line, shape])).toEqual(faults);
});
