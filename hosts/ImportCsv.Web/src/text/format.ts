import type { Notation } from '../notation/notation';

/** Numbers, dates and lists in the manner of one locale. */
export class Format {
  private readonly plurals: Intl.PluralRules;

  constructor(readonly locale: string) {
    this.plurals = new Intl.PluralRules(locale);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** "1,234.56" from "1234.56", however long it is. */
  exactNumber(plain: string): string {
    const shape = { maximumFractionDigits: 20 };
    return new Intl.NumberFormat(this.locale, shape).format(plain as Intl.StringNumericLiteral);
  }

  /** "42%" from 0.42. */
  percent(part: number): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent' }).format(part);
  }

  /** "1 December". */
  day(date: Date): string {
    return new Intl.DateTimeFormat(this.locale, { day: 'numeric', month: 'long' }).format(date);
  }

  /** "21 November 2026" from "2026-11-21", "21 November 2026, 14:30" from one with a time. */
  isoDate(iso: string): string {
    const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
    const date = new Intl.DateTimeFormat(this.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
    return iso.length > 10 ? `${date}, ${iso.slice(11)}` : date;
  }

  /** How somebody of this locale writes. */
  get notation(): Notation {
    const day = new Intl.DateTimeFormat(this.locale).formatToParts(0).find(({ type }) => type !== 'literal');
    const mark = new Intl.NumberFormat(this.locale).formatToParts(1.5).find(({ type }) => type === 'decimal');
    return {
      order: day?.type === 'month' ? 'month-first' : 'day-first',
      mark: mark?.value === '.' ? '.' : ',',
    };
  }

  /** "a, b and c". */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(items);
  }

  /** "1.4 MB". */
  size(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const shape = { style: 'unit', unit: units[power]!, maximumFractionDigits: power > 1 ? 1 : 0 } as const;
    return new Intl.NumberFormat(this.locale, shape).format(bytes / 1000 ** power);
  }

  plural(count: number, one: string, other: string): string {
    return this.plurals.select(count) === 'one' ? one : other;
  }
}
