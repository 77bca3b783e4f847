import { CsvFault } from './csv-fault';
import { CsvParser } from './csv-parser';

export const delimiters = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof delimiters)[number];

const recordsLooked = 20;

/** The delimiter by which the first records have most columns and agree on how many; a comma when none splits them. */
export function detectDelimiter(sample: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = scoreOf(sample, delimiter);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** How many of the records have the columns of the first one, and then how many columns that are. */
function scoreOf(sample: string, delimiter: Delimiter): number {
  const widths = firstWidths(sample, delimiter);
  const width = widths[0] ?? 0;
  if (width < 2) {
    return 0;
  }
  const agreeing = widths.filter((each) => each === width).length / widths.length;
  return agreeing + Math.min(width, 100) / 1000;
}

function firstWidths(sample: string, delimiter: Delimiter): number[] {
  const parser = new CsvParser(delimiter);
  const widths: number[] = [];
  // line by line, so that what is wrong further down does not hide what came before
  for (const line of sample.split(/(?<=\n)/)) {
    try {
      widths.push(...parser.push(line).map(({ fields }) => fields.length));
    } catch (error) {
      if (error instanceof CsvFault) {
        break;
      }
      throw error;
    }
    if (widths.length >= recordsLooked) {
      break;
    }
  }
  // one line without an end is a record too
  return widths.length > 0 ? widths : [sample.split(delimiter).length];
}
