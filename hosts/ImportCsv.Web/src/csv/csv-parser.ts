import { trimmed } from './blank';
import { CsvFault } from './csv-fault';

/** One record: its values, and the line of the file, from 1, on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Something that RFC 4180 does not have and that was read all the same; the server uses the same words. */
export type CsvNoteCode = 'space_beside_quotes' | 'blank_rows_skipped';

/** The first line of each. */
export type CsvNotes = Map<CsvNoteCode, number>;

/** A record longer than this is no record: what was never closed or is no table must not fill the memory. */
export const recordCharactersMax = 1_000_000;
export const columnsMax = 1_000;

const nul = 0;
const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

const enum At {
  FieldStart,
  Plain,
  Quoted,
  /** Behind a quote that closes the value, or is the first of two. */
  QuoteClosed,
  /** In the space behind a quote that closed the value. */
  SpaceBehind,
}

/**
 * Reads CSV (RFC 4180) piece by piece: quoted values may hold delimiters, line breaks and doubled quotes; lines end
 * with LF, CR or both; rows of blanks without a quote are no records. Space beside the quotes of a value is not part of
 * it. A quote inside a value that does not begin with one is a character.
 */
export class CsvParser {
  /** The line that is being read. */
  line = 1;
  readonly notes: CsvNotes = new Map();

  private readonly delimiter: number;
  private at = At.FieldStart;
  private fields: string[] = [];
  private field = '';
  private characters = 0;
  private recordLine = 1;
  private quoteLine = 1;
  private afterReturn = false;
  private hasQuotes = false;
  private isBlank = true;

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
      } else if (code === this.delimiter) {
        this.endField(text.slice(from, index));
        from = index + 1;
      } else if (code === lineFeed || code === carriageReturn) {
        if (breaks) {
          this.endField(text.slice(from, index));
          this.endRecord(records);
        }
        from = index + 1;
      } else if (this.at === At.QuoteClosed || this.at === At.SpaceBehind) {
        // one after a closing quote is a quote within the value
        from = this.takeBehindQuote(code, text[index]!) ? index : index + 1;
      } else if (code === quote && this.at === At.FieldStart) {
        this.openQuote(this.field + text.slice(from, index));
        from = index + 1;
      } else if (this.at === At.FieldStart && trimmed(text[index]!) !== '') {
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

  private openQuote(before: string): void {
    if (before !== '') {
      this.note('space_beside_quotes', this.line);
    }
    this.field = '';
    this.quoteLine = this.line;
    this.hasQuotes = true;
    this.at = At.Quoted;
  }

  /** Whether it belongs to the value. */
  private takeBehindQuote(code: number, character: string): boolean {
    if (code === quote && this.at === At.QuoteClosed) {
      this.at = At.Quoted;
      return true;
    }
    if (trimmed(character) !== '') {
      throw new CsvFault('csv_malformed', this.line);
    }
    this.note('space_beside_quotes', this.line);
    this.at = At.SpaceBehind;
    return false;
  }

  private note(code: CsvNoteCode, line: number): void {
    if (!this.notes.has(code)) {
      this.notes.set(code, line);
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
    this.isBlank = this.isBlank && trimmed(this.field) === '';
    this.field = '';
    this.at = At.FieldStart;
    if (this.fields.length > columnsMax) {
      throw new CsvFault('too_many_columns', this.recordLine);
    }
  }

  private endRecord(records: CsvRecord[]): void {
    if (!this.isBlank || this.hasQuotes) {
      records.push({ line: this.recordLine, fields: this.fields });
    } else if (this.fields.length > 1) {
      this.note('blank_rows_skipped', this.recordLine);
    }
    this.fields = [];
    this.characters = 0;
    this.hasQuotes = false;
    this.isBlank = true;
    this.recordLine = this.line;
  }
}
