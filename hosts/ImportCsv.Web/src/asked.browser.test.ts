import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import './importer';
import { configAnswer } from './testing/answers';
import { csvFile } from './testing/files';
import { all, find, focused, pick, press, says, show, textOf, useServer } from './testing/page';

const server = useServer();

describe('what a file leaves open', () => {
  test('how a file is to be read is asked where it could be one way or another', async () => {
    const importer = show();
    await pick(importer, csvFile('Ada, L;ada@example.com\nAlan, T;alan@example.com\n'));
    await press(importer, 'Check the rows');
    await says(importer, 'Say first how the file is to be read.');
    await expect.poll(() => focused()?.getAttribute('name')).toBe('delimiter');
    expect(all(importer, '.doubt label').map(textOf)).toEqual([
      'comma: Ada \u00b7 L;ada@example.com',
      'semicolon: Ada, L \u00b7 ada@example.com',
    ]);
    await userEvent.click(all<HTMLInputElement>(importer, '.doubt input')[1]!);
    await says(importer, 'values separated by semicolon');
    expect(all(importer, '.doubt')).toHaveLength(0);
    await userEvent.click(find(importer, '.check input'));
    await press(importer, 'Check the rows');
    await says(importer, 'All 2 rows are fine');
  });

  test('a delimiter that the importer has is asked by nobody', async () => {
    server().config = [200, { ...configAnswer(), delimiter: ';' }];
    const importer = show();
    await pick(importer, csvFile('Ada, L;ada@example.com\nAlan, T;alan@example.com\n'));
    await says(importer, 'values separated by semicolon');
    expect(all(importer, '.doubt')).toHaveLength(0);
  });

  test('a column that is only nearly called so is asked about, and its answer is taken', async () => {
    const importer = show();
    await pick(importer, csvFile('Name,E-Mail,Levels\nAda,ada@example.com,gold\n'));
    await says(importer, 'Is it this one? Levels');
    await press(importer, 'Check the rows');
    await says(importer, 'Choose where these come from: Level.');
    await press(importer, 'Levels');
    expect(find<HTMLSelectElement>(importer, '#match-3').value).toBe('2');
    await press(importer, 'Check the rows');
    await press(importer, 'Import 1 row');
    expect(await (await server().upload()).text()).toBe('name,email,level\r\nAda,ada@example.com,gold\r\n');
  });

  test('or it is left out, which is an answer, too', async () => {
    const importer = show();
    await pick(importer, csvFile('Name,E-Mail,Levels\nAda,ada@example.com,gold\n'));
    await says(importer, 'Is it this one? Levels');
    await userEvent.selectOptions(find(importer, '#match-3'), '2');
    await userEvent.selectOptions(find(importer, '#match-3'), '');
    await press(importer, 'Check the rows');
    await says(importer, 'The one row is fine');
  });

  test('what no CSV should have is read with a note', async () => {
    const importer = show();
    await pick(importer, csvFile('sep=,\nName,E-Mail\n"Ada" ,ada@example.com\n,,\n'));
    await says(importer, 'Line 3: the space beside quotation marks was ignored.');
    await says(importer, 'Line 4: rows without a single value were skipped.');
    await press(importer, 'Check the rows');
    await says(importer, 'The one row is fine');
  });
});
