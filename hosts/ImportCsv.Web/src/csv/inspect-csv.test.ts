import { describe, expect, test } from 'vitest';
import { bytesOfText, csvFile, EndlessFile } from '../testing/files';
import { CsvFault } from './csv-fault';
import { inspectCsv, type Wish } from './inspect-csv';

const many = 1e9;

function inspect(file: Blob, wish: Wish = {}, most = many) {
  return inspectCsv(file, wish, most, new AbortController().signal, () => {});
}

async function faultOf(file: Blob): Promise<readonly [string, number]> {
  const fault = await inspect(file).catch((error: unknown) => error);
  if (!(fault instanceof CsvFault)) {
    throw new Error('nothing was refused', { cause: fault });
  }
  return [fault.code, fault.line];
}

const text = 'Name,Straße\nJürgen,Müllerweg\n';
const read = [
  ['Name', 'Straße'],
  ['Jürgen', 'Müllerweg'],
];

describe('the encoding', () => {
  test.each([
    ['utf-8', csvFile(text)],
    ['utf-8', csvFile(`\ufeff${text}`)],
    ['utf-16le', csvFile(bytesOfText(`\ufeff${text}`, 'utf-16le'))],
    ['utf-16be', csvFile(bytesOfText(`\ufeff${text}`, 'utf-16be'))],
    ['utf-16le', csvFile(bytesOfText(text, 'utf-16le'))],
    ['utf-16be', csvFile(bytesOfText(text, 'utf-16be'))],
    ['windows-1252', csvFile(bytesOfText(text, 'windows-1252'))],
  ])('%s is found: %#', async (encoding, file) => {
    const { reading, head } = await inspect(file);
    expect([reading.encoding, head.map(({ fields }) => fields)]).toEqual([encoding, read]);
  });

  test('that shows itself only far down is found too', async () => {
    const late = `a,b\n${'1,2\n'.repeat(30_000)}é,2\n`;
    const { reading, records } = await inspect(csvFile(bytesOfText(late, 'windows-1252')));
    expect([reading.encoding, records]).toEqual(['windows-1252', 30_002]);
  });

  test('that changes within the file is refused with the line', async () => {
    const begun = new TextEncoder().encode(`é,b\n${'1,2\n'.repeat(30_000)}`);
    const broken = new Uint8Array([...begun, 0xff, 0x2c, 0x31, 0x0a]);
    expect(await faultOf(csvFile(broken))).toEqual(['encoding_broken', 30_002]);
  });

  test('is the one that the reader chose', async () => {
    const { head } = await inspect(csvFile(text), { encoding: 'windows-1252' });
    expect(head[1]?.fields[0]).toBe('JÃ¼rgen');
  });

  test('is never cut within a character', async () => {
    const long = `a,b\n${'ä€😀,x\n'.repeat(60_000)}`;
    const { reading, records } = await inspect(csvFile(long));
    expect([reading.encoding, records]).toEqual(['utf-8', 60_001]);
  });
});

describe('the delimiter', () => {
  test.each([
    [',', 'a,b\n1,2\n'],
    [';', 'a;b\n1,5;2,5\n'],
    [';', 'Name, first;Name, last;Town\nx;y;z\n'],
    ['\t', 'a\tb\n1\t2,3\n'],
    ['|', 'a|b'],
    [',', '"a;b;c;d",e\n"1;2;3;4",5\n'],
    [',', 'only\nwords\n'],
    [',', 'a,b\n"never closed\n'],
  ])('is %j in %j', async (delimiter, content) => {
    const found = await inspect(csvFile(content)).catch(() => null);
    expect(found?.reading.delimiter ?? ',').toBe(delimiter);
  });
});

describe('a file that is no table', () => {
  test.each([
    ['empty', csvFile(''), 'file_empty', 1],
    ['blank', csvFile('\n\n'), 'file_empty', 1],
    ['binary', csvFile(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 0, 0])), 'not_csv', 1],
    ['with a NUL', csvFile('a,b\n1,2\n3,\u00004\n'), 'not_csv', 3],
    ['never closed', csvFile('a,b\n1,"2\n3,4\n'), 'csv_malformed', 2],
  ])('is refused: %s', async (_name, file, code, line) => {
    expect(await faultOf(file)).toEqual([code, line]);
  });

  test('that was moved meanwhile is refused', async () => {
    const gone = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
    expect(await faultOf(gone as unknown as Blob)).toEqual(['file_unreadable', 1]);
  });

  test.each([
    ['two gigabytes in a line', 'x', 'line_too_long'],
    ['a million columns', 'x,', 'too_many_columns'],
    ['two gigabytes in quotes', 'x\n', 'csv_malformed'],
  ])('is not read to its end: %s', async (_name, piece, code) => {
    const file = new EndlessFile(2_000_000_000, code === 'csv_malformed' ? 'a,b\n"' : 'a,b\n', piece);
    expect((await faultOf(file.asFile()))[0]).toBe(code);
    expect(file.bytesRead).toBeLessThan(2_000_000);
  });
});

test('more rows than may be are refused without reading on', async () => {
  const file = new EndlessFile(2_000_000_000, 'a,b\n', '1,2\n');
  await expect(inspect(file.asFile(), {}, 1_000)).rejects.toMatchObject({ code: 'row_limit_exceeded' });
  expect(file.bytesRead).toBeLessThan(1_000_000);
});

test('who cancels is obeyed at the next piece', async () => {
  const file = new EndlessFile(2_000_000_000, 'a,b\n', '1,2\n');
  const canceled = new AbortController();
  const read = inspectCsv(file.asFile(), {}, many, canceled.signal, (bytes) => bytes > 500_000 && canceled.abort());
  await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  expect(file.bytesRead).toBeLessThan(2_000_000);
});
