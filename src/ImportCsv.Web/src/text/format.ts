/** Numbers, dates and lists in the manner of one locale. */
export class Format {
  private readonly plurals: Intl.PluralRules;

  constructor(readonly locale: string) {
    this.plurals = new Intl.PluralRules(locale);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** "42%" from 0.42. */
  percent(part: number): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent' }).format(part);
  }

  /** "1 December". */
  day(date: Date): string {
    return new Intl.DateTimeFormat(this.locale, { day: 'numeric', month: 'long' }).format(date);
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
