import { describe, expect, test } from 'vitest';
import './importer';
import { configAnswer, importAnswer } from './testing/answers';
import { csvFile, EndlessFile } from './testing/files';
import { all, find, pick, press, says, sendGood, show, useServer, withKey } from './testing/page';

const server = useServer();

describe('what is hostile', () => {
  const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';

  test('never becomes markup', async () => {
    const columns = [{ key: 'a', label: markup, example: markup, required: true }, { key: 'b', type: 'email' }];
    server().config = [200, { ...configAnswer(), name: markup, columns }];
    const importer = show();
    const cell = `"${markup.replaceAll('"', '""')}"`;
    await pick(importer, csvFile(`${cell},b\n${cell},${cell}\n${cell},a@b.co\n`, `${markup}.csv`));
    await says(importer, 'Match the columns');
    expect(all(importer, 'img, script')).toEqual([]);
    await press(importer, 'Check the rows');
    await press(importer, 'Import 1 row');
    const errors = [{ line: 2, column: 'a', code: 'x', message: markup, value: markup }];
    (await server().upload()).answer(201, { ...importAnswer(), valid_rows: 0, error_count: 1, errors });
    await says(importer, 'not accepted');
    expect(all(importer, 'img, script')).toEqual([]);
    expect('hit' in window).toBe(false);
  });

  const unsafe = [' JavaScript:alert(1)', 'data:text/html,x', 'blob:https://a.test/1', 'ftp://a.test', 7];

  test.each(['javascript:alert(1)', ...unsafe])('leads nowhere: %s', async (upgrade_url) => {
    server().config = [200, { ...configAnswer(), can_import: false, upgrade_url }];
    const importer = show();
    await expect.poll(() => all(importer, '[role=alert]').length).toBe(1);
    expect(all(importer, '.note a')).toEqual([]);
  });

  test.each([
    [{ ...importAnswer(), rows: 'many' }],
    [{ ...importAnswer(), errors: [{ line: 'x' }] }],
    ['<html>'],
    [null],
  ])('breaks nothing: %j', async (answer) => {
    const importer = await sendGood();
    (await server().upload()).answer(201, answer);
    await says(importer, "The server's answer made no sense");
  });

  test('is refused without being read: two gigabytes in a line', async () => {
    const importer = show();
    await says(importer, 'Choose file');
    const file = new EndlessFile(2_000_000_000, 'a,b\n', 'x');
    find(importer, '.drop').dispatchEvent(dropOf(file.asFile()));
    await says(importer, 'Line 2 is too long for a row of a table.');
    expect(file.bytesRead).toBeLessThan(2_000_000);
  });

  test('an importer taken off the page goes on with nothing, and begins anew when it is back', async () => {
    const importer = await sendGood();
    const upload = await server().upload();
    const main = importer.parentElement!;
    importer.remove();
    expect(upload.aborted).toBe(true);
    main.append(importer);
    await says(importer, 'Choose file');
  });

  test('an answer to an older key is dropped', async () => {
    server().config = 'never';
    const importer = show();
    await says(importer, 'Loading the importer');
    server().config = [200, { ...configAnswer(), name: 'Second' }];
    importer.importerKey = 'imp_2';
    await says(importer, 'Import to Second');
    withKey(importer);
    await says(importer, 'Import to Second');
    expect(server().requests.map((url) => url.split('/').at(-2))).toEqual(['imp_1', 'imp_2', 'imp_1']);
  });
});

/** A drop whose file exists only where it is read; a real one could not be of that size. */
function dropOf(file: File): Event {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  return Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] } });
}
