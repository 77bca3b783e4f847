import { userEvent } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import './importer';
import { configAnswer, faultyCsv, goodCsv, importAnswer, limitAnswer } from './testing/answers';
import { csvFile } from './testing/files';
import {
  all,
  find,
  focused,
  listen,
  pick,
  press,
  says,
  sendGood,
  show,
  textOf,
  useServer,
  withKey,
} from './testing/page';

const server = useServer();

describe('with a key', () => {
  test('a file is picked, matched, checked and sent, and the page gets its events', async () => {
    const importer = show();
    const events = listen(importer);
    await pick(importer, csvFile(goodCsv));
    await press(importer, 'Check the rows');
    await press(importer, 'Import 2 rows');
    const upload = await server().upload();
    expect(upload.url).toBe('https://import.test/api/v1/imports/');
    expect([...upload.form.keys()]).toEqual(['importer_key', 'mapping', 'has_header', 'delimiter', 'file']);
    expect(upload.form.get('delimiter')).toBe(',');
    expect(upload.form.get('mapping')).toBe('{"name":"name","email":"email"}');
    expect((upload.form.get('file') as File).name).toBe('contacts.csv');
    expect(await upload.text()).toBe(
      'name,email\r\nAda Lovelace,ada@example.com\r\nAlan Turing,alan@example.com\r\n',
    );
    upload.upload.onprogress!({ loaded: 10, total: 40 });
    await says(importer, '25%');
    upload.answer(201);
    await says(importer, '2 rows imported Everything in your file is there.');
    const types = events.map(({ type }) => type).filter((type) => type !== 'csv-progress');
    expect(types).toEqual(['csv-ready', 'csv-mapped', 'csv-complete']);
    expect(events.find(({ type }) => type === 'csv-mapped')?.detail).toEqual({
      mapping: { name: 'Name', email: 'E-Mail', born: null, level: null },
      rows: 2,
    });
    expect(events.at(-1)?.detail).toMatchObject({ imported: 2, leftOut: 0, id: 'import_1', status: 'completed' });
  });

  test('faulty rows are corrected in place or left out', async () => {
    const importer = show();
    await pick(importer, csvFile(faultyCsv));
    await press(importer, 'Check the rows');
    await says(importer, 'Import 2 rows');
    const cell = find<HTMLInputElement>(importer, 'input[aria-invalid=true]');
    await userEvent.fill(cell, 'grace@navy.mil');
    await userEvent.keyboard('{Tab}');
    await says(importer, 'Line 4 is fine now. 3 rows to import.');
    expect(cell.getAttribute('aria-invalid')).toBe('false');
    await press(importer, 'Import 3 rows');
    const upload = await server().upload();
    expect(await upload.text()).toContain('Grace Hopper,grace@navy.mil');
    expect(await upload.text()).not.toContain('only one');
    upload.answer(201, { ...importAnswer(), rows: 3, valid_rows: 3 });
    await says(importer, '3 rows imported 2 rows were left out.');
  });

  test('of many faulty rows some are shown, and more when asked for', async () => {
    const importer = show();
    await pick(importer, csvFile(`Name,E-Mail\n${'Ada,no\n'.repeat(50)}`));
    await press(importer, 'Check the rows');
    await says(importer, '50 of 50 rows need a look');
    expect(all(importer, '.row-card')).toHaveLength(20);
    await press(importer, 'Show 20 more');
    await expect.poll(() => all(importer, '.row-card').length).toBe(40);
    await expect.poll(() => focused()?.id).toBe('cell-20-1');
    await press(importer, 'Show 10 more');
    await expect.poll(() => all(importer, '.row-card').length).toBe(50);
    expect(all(importer, '.actions button').map(textOf)).toEqual(['Back']);
  });

  test('what the server would not take is shown with the lines of the picked file', async () => {
    const importer = show();
    await pick(importer, csvFile('Name,E-Mail\n\n\nno mail,\nAda,ada@b.co\n'));
    await press(importer, 'Check the rows');
    await press(importer, 'Import 1 row');
    const errors = [{ line: 2, column: 'email', code: 'not_an_email', message: 'x', value: 'ada@b.co' }];
    (await server().upload()).answer(201, { ...importAnswer(), rows: 1, valid_rows: 0, error_count: 1, errors });
    await says(importer, 'Line 5 E-mail ada@b.co Not an e-mail address.');
  });

  test('a lost connection is tried again as the same import', async () => {
    const importer = await sendGood();
    const first = await server().upload(0);
    first.onerror!();
    await says(importer, "couldn't reach the server");
    await press(importer, 'Try again');
    const second = await server().upload(1);
    expect(second.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/);
    expect(second.headers).toEqual(first.headers);
    second.answer(200);
    await says(importer, '2 rows imported');
  });

  test('what is sent once more without an answer is the same import, and after an answer another one', async () => {
    const importer = await sendGood();
    const keyOf = async (index: number) => (await server().upload(index)).headers['Idempotency-Key'];
    (await server().upload(0)).answer(500, {});
    await press(importer, 'Back');
    await says(importer, 'rows are fine');
    await press(importer, 'Back');
    await press(importer, 'Check the rows');
    await press(importer, 'Import 2 rows');
    expect(await keyOf(1)).toBe(await keyOf(0));
    (await server().upload(1)).answer(201);
    await press(importer, 'Import another file');
    await pick(importer, csvFile(goodCsv));
    await press(importer, 'Check the rows');
    await press(importer, 'Import 2 rows');
    expect(await keyOf(2)).not.toBe(await keyOf(0));
  });

  test('canceling ends the upload and leads back to the rows', async () => {
    const importer = await sendGood();
    const upload = await server().upload();
    await press(importer, 'Cancel');
    await says(importer, 'All 2 rows are fine');
    expect(upload.aborted).toBe(true);
  });

  test('a limit says when it opens again and leads to the plans', async () => {
    const importer = await sendGood();
    const events = listen(importer);
    (await server().upload()).answer(402, limitAnswer());
    await says(importer, 'All 100 imports of this month are used. Importing opens again on 1 December.');
    expect(find<HTMLAnchorElement>(importer, '.note a').href).toBe('https://import.test/settings/billing');
    expect(all(importer, 'button').map(textOf)).toEqual(['Back']);
    expect(events.at(-1)).toMatchObject({ type: 'csv-error', detail: { code: 'import_limit_reached', limit: 100 } });
  });

  test('the plans may stand at another origin than the API, and open without a way back to this page', async () => {
    const upgrade_url = 'https://app.import.test/settings/billing';
    server().config = [200, { ...configAnswer(), can_import: false, upgrade_url }];
    const importer = show();
    await says(importer, 'See plans with more room');
    const link = find<HTMLAnchorElement>(importer, '.note a');
    expect([link.href, link.rel, link.target]).toEqual([upgrade_url, 'noopener noreferrer', '_blank']);
  });

  test('the config is asked for again when the reader says so', async () => {
    server().config = [503, {}];
    const importer = show();
    await says(importer, 'error 503');
    server().config = [200, configAnswer()];
    await press(importer, 'Try again');
    await says(importer, 'Choose file');
  });

  test.each([true, false])('the badge is there as the server says: %s', async (showBranding) => {
    server().config = [200, { ...configAnswer(), showBranding }];
    const importer = show();
    await says(importer, 'Choose file');
    expect(textOf(importer).includes('Powered by ImportCSV')).toBe(showBranding);
  });
});

describe('without a key', () => {
  const columns = [{ key: 'name', required: true }, { key: 'age', type: 'integer' }];

  test('the rows go to the page, and nothing is requested', async () => {
    const take = vi.fn(async () => {});
    const importer = show((one) => Object.assign(one, { columns, onRows: take }));
    const events = listen(importer);
    await pick(importer, csvFile('name,age\nAda,36\nAlan,\n'));
    await press(importer, 'Check the rows');
    await press(importer, 'Import 2 rows');
    await says(importer, '2 rows imported');
    const rows = [{ name: 'Ada', age: 36 }, { name: 'Alan', age: null }];
    expect(take).toHaveBeenCalledExactlyOnceWith(rows, { fileName: 'contacts.csv' });
    expect(events.find(({ type }) => type === 'csv-rows')?.detail).toEqual({ rows, fileName: 'contacts.csv' });
    expect(server().requests).toEqual([]);
    expect(textOf(importer)).not.toContain('Powered by');
  });

  test('the columns may stand in the attribute', async () => {
    const importer = show((one) => one.setAttribute('columns', JSON.stringify(columns)));
    await says(importer, 'What it should hold');
    expect(all(importer, '.chip').map(textOf)).toEqual(['name required', 'age']);
  });

  test.each(['', '[', '[]', '[{"label":"x"}]'])('columns that make no sense are said to: %j', async (value) => {
    await says(show((one) => one.setAttribute('columns', value)), 'not set up rightly on this page');
  });

  test('a page that fails to take the rows may try again', async () => {
    const quiet = (event: ErrorEvent) => event.preventDefault();
    window.addEventListener('error', quiet);
    const take = vi.fn().mockRejectedValueOnce(new Error('full')).mockResolvedValueOnce(undefined);
    const importer = show((one) => Object.assign(one, { columns, onRows: take }));
    await pick(importer, csvFile('name,age\nAda,36\n'));
    await press(importer, 'Check the rows');
    await press(importer, 'Import 1 row');
    await says(importer, "This page couldn't take the rows");
    await press(importer, 'Try again');
    await says(importer, '1 row imported');
    window.removeEventListener('error', quiet);
  });

  test('equal columns, set anew, do not begin anew', async () => {
    const importer = show((one) => Object.assign(one, { columns }));
    await pick(importer, csvFile('name,age\nAda,36\n'));
    await says(importer, 'Match the columns');
    importer.columns = structuredClone(columns);
    await importer.updateComplete;
    expect(textOf(importer)).toContain('Match the columns');
  });
});

test('who reads German is spoken to in German', async () => {
  const importer = show((one) => {
    withKey(one);
    one.lang = 'de';
  });
  await says(importer, 'CSV-Datei hier ablegen');
  expect(textOf(importer)).toContain('Bis zu 1.000 Zeilen.');
});

describe('the keyboard', () => {
  test('leads from the file to the import, and the focus is never lost', async () => {
    const importer = show();
    await says(importer, 'Choose file');
    await userEvent.keyboard('{Tab}');
    expect(focused()).toBe(find(importer, 'input[type=file]'));
    await pick(importer, csvFile(goodCsv));
    await expect.poll(() => focused()?.textContent).toBe('Match the columns');
    await userEvent.keyboard('{Tab}');
    expect(focused()?.id).toBe('match-0');
    expect(getComputedStyle(focused()!).outlineStyle).toBe('solid');
    find(importer, '.actions .button:last-child').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => focused()?.textContent).toBe('All 2 rows are fine');
    await userEvent.keyboard('{Tab}{Tab}{Enter}');
    (await server().upload()).answer(201);
    await expect.poll(() => focused()?.textContent).toBe('2 rows imported');
  });

  test('is led to the column that is missing', async () => {
    const importer = show();
    await pick(importer, csvFile('E-Mail,x\na@b.co,1\n'));
    await press(importer, 'Check the rows');
    await expect.poll(() => focused()?.id).toBe('match-0');
    expect(textOf(find(importer, '[role=alert]'))).toBe('Choose where these come from: Full name.');
  });

  test('an importer that is not used takes no focus', async () => {
    const importer = show();
    await pick(importer, csvFile(goodCsv));
    await says(importer, 'Match the columns');
    expect(document.activeElement).toBe(document.body);
  });
});
