import { describe, expect, test } from 'vitest';
import { readColumns } from '../columns/read-columns';
import { inspectCsv } from '../csv/inspect-csv';
import { csvFile } from '../testing/files';
import { attemptFor } from './attempt';
import { checkRows, faultyRowsKept, type RowCheck } from './check-rows';
import { collectRows } from './collect-rows';
import { planOf, proposeMatching } from './matching';
import type { ImportPlan } from './plan';
import { writeImport } from './write-import';

const columns = readColumns([
  { key: 'email', label: 'E-mail', type: 'email', required: true, unique: true },
  { key: 'note', label: 'Note' },
]);
const { signal } = new AbortController();

async function planFor(content: string, hasHeader = true, given = columns): Promise<ImportPlan> {
  const file = csvFile(content);
  const inspection = await inspectCsv(file, {}, 1e9, signal, () => {});
  const matching = proposeMatching(file, inspection, given, hasHeader);
  return planOf(matching, given, { order: 'month-first', mark: '.' });
}

async function checked(content: string, given = columns): Promise<readonly [ImportPlan, RowCheck]> {
  const plan = await planFor(content, true, given);
  return [plan, await checkRows(plan, signal, () => {})];
}

async function sent(plan: ImportPlan, check: RowCheck): Promise<string> {
  const { file } = await writeImport(plan, check, signal, () => {});
  return file.text();
}

function faultsOf(check: RowCheck): (readonly [number, string | null, Record<number, string>])[] {
  return check.kept.map(({ line, shape, errors }) => [line, shape, Object.fromEntries(errors)]);
}

describe('the check', () => {
  test('finds what is wrong, with the line of the file', async () => {
    const shapes = 'c@d.co\ne@f.co,1,2\ng@h.co,1,\n';
    const [, check] = await checked(`email,note\na@b.co,"two\nlines"\nno,x\n\n,y\na@b.co,z\n${shapes}`);
    expect(faultsOf(check)).toEqual([
      [4, null, { 0: 'not_an_email' }],
      [6, null, { 0: 'required_missing' }],
      [7, null, { 0: 'duplicate_value' }],
      [8, 'too_few_fields', {}],
      [9, 'too_many_fields', {}],
    ]);
    expect([check.rows, check.sound]).toEqual([7, 2]);
  });

  test('of a file without names begins with its first line', async () => {
    const plan = await planFor('a@b.co,x\nno,y\n', false);
    const check = await checkRows(plan, signal, () => {});
    expect([check.rows, check.kept[0]?.line]).toEqual([2, 2]);
  });

  test('takes a correction and counts anew', async () => {
    const [, check] = await checked('email,note\nno,x\na@b.co,y\n');
    const faulty = check.kept[0]!;
    check.correct(faulty, 0, 'still no');
    expect([faulty.errors.get(0), check.sound]).toEqual(['not_an_email', 1]);
    check.correct(faulty, 0, 'a@b.co');
    expect([faulty.errors.get(0), check.sound]).toEqual(['duplicate_value', 1]);
    check.correct(faulty, 0, ' new@b.co ');
    expect([faulty.errors.size, check.sound]).toEqual([0, 2]);
  });

  test('frees a value that was corrected away', async () => {
    const [, check] = await checked('email,note\na@b.co,x\na@b.co,y\nno,z\n');
    const [second, third] = check.kept;
    check.correct(second!, 0, 'b@b.co');
    check.correct(third!, 0, 'b@b.co');
    expect(third!.errors.get(0)).toBe('duplicate_value');
    check.correct(second!, 0, 'c@b.co');
    check.correct(third!, 0, 'b@b.co ');
    expect(check.sound).toBe(3);
  });

  test('keeps some of very many faulty rows, and counts all', async () => {
    const [plan, check] = await checked(`email\n${'no\n'.repeat(2_000)}a@b.co\n`);
    expect([check.kept.length, check.faulty.length, check.sound]).toEqual([faultyRowsKept, 2_000, 1]);
    expect(await sent(plan, check)).toBe('email\r\na@b.co\r\n');
  });
});

describe('what is sent', () => {
  test('is the sound rows and the corrected ones, by our keys, without what nobody asked for', async () => {
    const rows = '1;"say ""hi""; now";a@b.co\n2;x;no\n3;y;no\n4; z ; c@d.co \n';
    const [plan, check] = await checked(`Secret;Note;E-mail\n${rows}`);
    check.correct(check.kept[1]!, 0, 'y@b.co');
    expect(await sent(plan, check)).toBe(
      'email,note\r\na@b.co,"say ""hi""; now"\r\ny@b.co,y\r\nc@d.co,z\r\n',
    );
  });

  test('leads back to the lines of the file', async () => {
    const [plan, check] = await checked('email,note\n\na@b.co,"two\nlines"\nno,x\nb@b.co,y\n\n\nc@b.co,z\nd@b.co,z\n');
    const written = await writeImport(plan, check, signal, () => {});
    const text = await written.file.text();
    const lineOf = (value: string) => text.slice(0, text.indexOf(value)).split('\n').length;
    const original = ['a@b', 'lines', 'b@b', 'c@b', 'd@b'].map((value) => written.originalLine(lineOf(value)));
    expect(original).toEqual([3, 4, 6, 9, 10]);
    expect(written.mapping).toEqual({ email: 'email', note: 'note' });
  });

  test('is neither changed nor lost where a piece ends', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `p${row}@b.co,"ä,${row}"`);
    const [plan, check] = await checked(`email,note\n${rows.join('\n')}\n`);
    expect(await sent(plan, check)).toBe(`email,note\r\n${rows.join('\r\n')}\r\n`);
  });
});

test('the page gets rows by key', async () => {
  const [plan, check] = await checked('email,note\na@b.co,\nno,x\n');
  expect(await collectRows(plan, check, signal, () => {})).toEqual([{ email: 'a@b.co', note: null }]);
});

test('names that objects have already are names like others', async () => {
  const hostile = readColumns([{ key: '__proto__' }, { key: 'constructor' }]);
  const plan: ImportPlan = { ...(await planFor('a,b\n1,2\n')), columns: hostile, mapping: [0, 1] };
  const check = await checkRows(plan, signal, () => {});
  const rows = await collectRows(plan, check, signal, () => {});
  expect(JSON.stringify(rows)).toBe('[{"__proto__":"1","constructor":"2"}]');
});

describe('dates and numbers', () => {
  const given = readColumns([
    { key: 'day', type: 'date', unique: true },
    { key: 'sum', type: 'number', max: 2_000 },
    { key: 'count', type: 'integer' },
  ]);
  const written = 'day;sum;count\n03.04.2026;1.234,5;1.234\n21.11.2026 9:30;,5;7\n2026-11-22;1 000;-1.000.000\n';

  test('go as ISO and with a point, however the file has them', async () => {
    const [plan, check] = await checked(written, given);
    expect(faultsOf(check)).toEqual([]);
    expect(await sent(plan, check)).toBe(
      'day,sum,count\r\n2026-04-03,1234.5,1234\r\n2026-11-21T09:30,.5,7\r\n2026-11-22,1000,-1000000\r\n',
    );
  });

  test('reach the page the same way', async () => {
    const [plan, check] = await checked(written, given);
    const rows = await collectRows(plan, check, signal, () => {});
    expect(rows[0]).toEqual({ day: '2026-04-03', sum: 1234.5, count: 1234 });
  });

  test('are checked and compared by what they mean', async () => {
    const [plan, check] = await checked(`${written}3/4/2026;2.000,5;1,5\n2026-11-21 ;1.5;1\n`, given);
    expect(faultsOf(check)).toEqual([
      [5, null, { 0: 'duplicate_value', 1: 'too_large', 2: 'not_an_integer' }],
      [6, null, { 1: 'not_a_number' }],
    ]);
    check.correct(check.kept[0]!, 0, ' 1/5/2026 ');
    check.correct(check.kept[0]!, 1, '2,50');
    check.correct(check.kept[0]!, 2, '1.500 ');
    expect(await sent(plan, check)).toContain('\r\n2026-05-01,2.50,1500\r\n');
  });
});

describe('an attempt', () => {
  test('is the same one until something is changed', async () => {
    const [plan, check] = await checked('email,note\nno,x\na@b.co,y\n');
    const first = attemptFor(plan, check, null);
    expect(attemptFor(plan, check, first)).toBe(first);
    expect(attemptFor({ ...plan, mapping: [0, null] }, check, first).idempotencyKey).not.toBe(first.idempotencyKey);
    const notations = plan.notations.map((notation) => ({ ...notation, mark: ',' as const }));
    expect(attemptFor({ ...plan, notations }, check, first).idempotencyKey).not.toBe(first.idempotencyKey);
    check.correct(check.kept[0]!, 0, 'b@b.co');
    expect(attemptFor(plan, check, first).idempotencyKey).not.toBe(first.idempotencyKey);
  });
});
