import { userEvent } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import './importer';
import { configAnswer, goodCsv, writtenColumns } from './testing/answers';
import { csvFile } from './testing/files';
import { all, find, pick, press, says, show, textOf, useServer } from './testing/page';

const server = useServer();

describe('the columns', () => {
  test('one that is used already goes to where it was chosen last, and it is said', async () => {
    const importer = show();
    await pick(importer, csvFile(goodCsv));
    await says(importer, 'Match the columns');
    await userEvent.selectOptions(find(importer, '#match-1'), 'Name');
    expect(textOf(find(importer, '[role=status]'))).toBe('Name now goes to E-mail.');
    expect(all<HTMLSelectElement>(importer, '.match select').map(({ value }) => value)).toEqual(['', '0', '', '']);
  });

  test('a file without names, or read wrongly, is read as the reader says', async () => {
    const importer = show();
    await pick(importer, csvFile('Ada,ada@b.co\nAlan,alan@b.co\n'));
    await says(importer, 'has 1 row.');
    await userEvent.click(find(importer, 'input[type=checkbox]'));
    await says(importer, 'has 2 rows.');
    expect(textOf(importer)).toContain('Column 1');
    await userEvent.click(find(importer, 'summary'));
    await userEvent.selectOptions(all(importer, 'details select')[1]!, 'semicolon');
    await says(importer, 'Ada,ada@b.co');
    expect(find<HTMLInputElement>(importer, 'input[type=checkbox]').checked).toBe(false);
  });

  test('what a date and a number mean is asked when no other value tells, and sent as it was said', async () => {
    server().config = [200, { ...configAnswer(), columns: writtenColumns }];
    const importer = show();
    await pick(importer, csvFile('name;born;paid;seats\nAda;03/04/2026;1.500;1.000\nAlan;12/12/2026;2;2\n'));
    await says(importer, '03/04/2026 means 3 April 2026 4 March 2026');
    await says(importer, '1.500 means 1.5 (decimals) 1,500 (thousands)');
    expect(all(importer, 'fieldset')).toHaveLength(2);
    expect(all<HTMLInputElement>(importer, 'input[type=radio]').map(({ checked }) => checked)).toEqual(
      [true, false, true, false],
    );
    await userEvent.click(all(importer, '.meaning input')[1]!);
    await says(importer, '4 March 2026 · 12 December 2026');
    await userEvent.click(all(importer, '.meaning input')[3]!);
    await says(importer, '1,500 · 2');
    await press(importer, 'Check the rows');
    await press(importer, 'Import 2 rows');
    expect(await (await server().upload()).text()).toBe(
      'name,born,paid,seats\r\nAda,2026-03-04,1500,1000\r\nAlan,2026-12-12,2,2\r\n',
    );
  });

  test('who reads American English is asked the other way round, and who has told enough is not asked', async () => {
    document.documentElement.lang = 'en-US';
    server().config = [200, { ...configAnswer(), columns: writtenColumns }];
    const importer = show();
    await pick(importer, csvFile('born\n03/04/2026\n'));
    await says(importer, 'March 4, 2026');
    expect(all<HTMLInputElement>(importer, 'input[type=radio]').map(({ checked }) => checked)).toEqual([false, true]);
    await press(importer, 'Back');
    await pick(importer, csvFile('born\n03/04/2026\n21/04/2026\n'));
    await says(importer, 'April 3, 2026 · April 21, 2026');
    expect(all(importer, 'fieldset')).toEqual([]);
  });

  test('a file can be dropped', async () => {
    const importer = show();
    await says(importer, 'Drop a CSV file here');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(csvFile(goodCsv));
    find(importer, '.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    await says(importer, 'Match the columns');
  });
});
