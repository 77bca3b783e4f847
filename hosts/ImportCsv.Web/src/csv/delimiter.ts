import { trimmed } from './blank';
import { CsvFault } from './csv-fault';
import { CsvParser, type CsvRecord } from './csv-parser';

export const delimiters = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof delimiters)[number];

/** A way to read a file, and its first row read so. */
export interface Division {
  readonly delimiter: Delimiter;
  readonly fields: readonly string[];
}

const charactersSampled = 16_384;
const recordsSampled = 100;
/** A delimiter that nearly as many rows agree on is a rival. */
const rivalryMargin = 0.25;

/**
 * The delimiter by which the first rows have as many fields as the very first; those that it may be where that is in
 * doubt; a comma where nothing divides the first row. The server decides the same way.
 * @param whole there is no more of the file than this
 */
export function detectDelimiters(start: string, whole: boolean): readonly Division[] {
  const sample = start.slice(0, charactersSampled);
  const isWhole = whole && start.length <= charactersSampled;
  const divisions = delimiters.map((delimiter) => divide(sample, delimiter, isWhole));
  const best = Math.max(...divisions.map(({ agreement }) => agreement));
  return best === 0
    ? [{ delimiter: ',', fields: [] }]
    : divisions.filter(({ agreement }) => agreement > 0 && agreement >= best - rivalryMargin);
}

/** Whether nothing stands in the fields from that one on: spreadsheets leave such behind. */
export function isBlankFrom(fields: readonly string[], from: number): boolean {
  return fields.slice(from).every((field) => trimmed(field) === '');
}

/** The share of the rows that have the fields of the first; 0 when that has only one. */
function divide(sample: string, delimiter: Delimiter, isWhole: boolean): Division & { readonly agreement: number } {
  const { records, isSound } = firstRecords(sample, delimiter, isWhole);
  const fields = records[0]?.fields ?? [];
  const width = fields.length;
  const agreeing = records.filter((each) => each.fields.length >= width && isBlankFrom(each.fields, width)).length;
  // what is no CSV by this delimiter agrees with nothing
  return { delimiter, fields, agreement: width < 2 ? 0 : agreeing / (records.length + (isSound ? 0 : 1)) };
}

function firstRecords(sample: string, delimiter: Delimiter, isWhole: boolean) {
  const parser = new CsvParser(delimiter);
  const records: CsvRecord[] = [];
  try {
    // line by line, so that what is wrong further down does not hide what came before
    for (const line of sample.split(/(?<=[\r\n])/)) {
      records.push(...parser.push(line));
      if (records.length >= recordsSampled) {
        return { records: records.slice(0, recordsSampled), isSound: true };
      }
    }
    if (isWhole || records.length === 0) {
      records.push(...parser.end());
    }
    return { records, isSound: true };
  } catch (error) {
    if (error instanceof CsvFault) {
      return { records, isSound: false };
    }
    throw error;
  }
}
