import { describe, expect, test } from 'vitest';
import { CsvFault } from './csv-fault';
import { columnsMax, CsvParser, type CsvRecord, recordCharactersMax } from './csv-parser';

/** Each text is read whole and character by character: where a piece ends must make no difference. */
function read(text: string, delimiter = ','): CsvRecord[] {
  const whole = new CsvParser(delimiter);
  const records = [...whole.push(text), ...whole.end()];
  const bit = new CsvParser(delimiter);
  const again = [...[...text].flatMap((character) => bit.push(character)), ...bit.end()];
  expect(again).toEqual(records);
  return records;
}

function fieldsOf(text: string, delimiter = ','): (readonly string[])[] {
  return read(text, delimiter).map(({ fields }) => fields);
}

function faultOf(text: string): readonly [string, number] | null {
  try {
    read(text);
    return null;
  } catch (error) {
    return error instanceof CsvFault ? [error.code, error.line] : null;
  }
}

describe('records', () => {
  test.each([
    ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['a,b\r\n1,2', [['a', 'b'], ['1', '2']]],
    ['a,b\r1,2\r', [['a', 'b'], ['1', '2']]],
    ['a,\n,b', [['a', ''], ['', 'b']]],
    ['"a,b","c""d"\n', [['a,b', 'c"d']]],
    ['"two\nlines",x\n', [['two\nlines', 'x']]],
    ['"two\r\nlines",x\r\n', [['two\r\nlines', 'x']]],
    ['"",""\n', [['', '']]],
    ['""\n', [['']]],
    ['""', [['']]],
    ['"a" ,b\n', [['a', 'b']]],
    ['5" pipe,6\n', [['5" pipe', '6']]],
    ['a\n\n\nb\n', [['a'], ['b']]],
    ['\n\r\n', []],
    ['', []],
  ])('of %j', (text, records) => {
    expect(fieldsOf(text)).toEqual(records);
  });

  test('with another delimiter leave commas alone', () => {
    expect(fieldsOf('a;1,5\n', ';')).toEqual([['a', '1,5']]);
  });

  test('know the line they begin on, whatever ends the lines', () => {
    expect(read('h\r\n"a\r\nb"\r\n\r\nc\rd\ne').map(({ line }) => line)).toEqual([1, 2, 5, 6, 7]);
  });
});

describe('what is no CSV', () => {
  test.each([
    ['a\n"b\nc\n', 'csv_malformed', 2],
    ['a\nx,"b" c\n', 'csv_malformed', 2],
    ['a\nb\u0000\n', 'not_csv', 2],
    [`a\n${'x,'.repeat(columnsMax)}\n`, 'too_many_columns', 2],
  ])('is refused with the line: %#', (text, code, line) => {
    expect(faultOf(text)).toEqual([code, line]);
  });

  test('may have as many columns as are allowed', () => {
    expect(faultOf(`${'x,'.repeat(columnsMax - 1)}\n`)).toBeNull();
  });

  test.each([
    ['a line without an end', 'a\n', 'x', 'line_too_long', 2],
    ['a quote without an end', 'a\n1\n"b', 'c\n', 'csv_malformed', 3],
    ['a quoted line without an end', 'a\n1\n"b', 'c', 'line_too_long', 3],
  ])('is refused before it fills the memory: %s', (_name, before, piece, code, line) => {
    const parser = new CsvParser(',');
    parser.push(before);
    let pushed = 0;
    const pour = () => {
      for (; pushed < recordCharactersMax * 2; pushed += 65_536) {
        parser.push(piece.repeat(65_536 / piece.length));
      }
    };
    expect(pour).toThrow(new CsvFault(code as 'line_too_long', line));
    expect(pushed).toBeLessThan(recordCharactersMax + 65_536);
  });
});
