import { CsvFault } from './csv-fault';

/** One record: its values, and the line of the file, from 1, on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A record longer than this is no record: what was never closed or is no table must not fill the memory. */
export const recordCharactersMax = 1_000_000;
export const columnsMax = 1_000;

const nul = 0;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;

const enum At {
  FieldStart,
  Plain,
  Quoted,
  QuoteClosed,
}

/**
 * Reads CSV (RFC 4180) piece by piece: quoted values may hold delimiters, line breaks and doubled quotes; lines end
 * with LF, CR or both; blank lines are no records. A quote inside a value that does not begin with one is a character.
 */
export class CsvParser {
  /** The line that is being read. */
  line = 1;

  private readonly delimiter: number;
  private at = At.FieldStart;
  private fields: string[] = [];
  private field = '';
  private characters = 0;
  private recordLine = 1;
  private quoteLine = 1;
  private afterReturn = false;
  private hasQuotes = false;

  constructor(delimiter: string) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** The records that end in `text`. */
  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const breaks = this.countLine(code);
      if (this.at === At.Quoted) {
        if (code === quote) {
          this.keep(text.slice(from, index));
          from = index + 1;
          this.at = At.QuoteClosed;
        }
      } else if (code === quote && this.at !== At.Plain) {
        // the first one opens a value; one after a closing quote is a quote within the value
        from = this.at === At.FieldStart ? index + 1 : index;
        this.openQuote();
      } else if (code === this.delimiter) {
        this.endField(text.slice(from, index));
        from = index + 1;
      } else if (code === lineFeed || code === carriageReturn) {
        if (breaks) {
          this.endField(text.slice(from, index));
          this.endRecord(records);
        }
        from = index + 1;
      } else if (this.at === At.QuoteClosed) {
        this.refuseUnlessSpace(code);
        from = index + 1;
      } else {
        this.at = At.Plain;
      }
    }
    this.keep(text.slice(from));
    return records;
  }

  /** The last record, when the file does not end with a line break. */
  end(): CsvRecord[] {
    if (this.at === At.Quoted) {
      throw new CsvFault('csv_malformed', this.quoteLine);
    }
    const records: CsvRecord[] = [];
    if (this.fields.length > 0 || this.characters > 0 || this.hasQuotes) {
      this.endField('');
      this.line++;
      this.endRecord(records);
    }
    return records;
  }

  /** Counts the line that `code` ends, and says whether it ends one: the LF of a CR LF does not. */
  private countLine(code: number): boolean {
    if (code === nul) {
      throw new CsvFault('not_csv', this.line);
    }
    const isSecond = code === lineFeed && this.afterReturn;
    this.afterReturn = code === carriageReturn;
    const breaks = (code === lineFeed || code === carriageReturn) && !isSecond;
    if (breaks) {
      this.line++;
    }
    return breaks;
  }

  private openQuote(): void {
    if (this.at === At.FieldStart) {
      this.quoteLine = this.line;
      this.hasQuotes = true;
    }
    this.at = At.Quoted;
  }

  private refuseUnlessSpace(code: number): void {
    if (code !== space) {
      throw new CsvFault('csv_malformed', this.line);
    }
  }

  private keep(part: string): void {
    this.field += part;
    this.characters += part.length;
    if (this.characters > recordCharactersMax) {
      // a quote that nobody closed swallows the lines after it: that is the better explanation
      throw this.at === At.Quoted && this.line > this.quoteLine
        ? new CsvFault('csv_malformed', this.quoteLine)
        : new CsvFault('line_too_long', this.recordLine);
    }
  }

  private endField(part: string): void {
    this.keep(part);
    this.fields.push(this.field);
    this.field = '';
    this.at = At.FieldStart;
    if (this.fields.length > columnsMax) {
      throw new CsvFault('too_many_columns', this.recordLine);
    }
  }

  private endRecord(records: CsvRecord[]): void {
    const isBlank = this.fields.length === 1 && this.fields[0] === '' && !this.hasQuotes;
    if (!isBlank) {
      records.push({ line: this.recordLine, fields: this.fields });
    }
    this.fields = [];
    this.characters = 0;
    this.hasQuotes = false;
    this.recordLine = this.line;
  }
}
