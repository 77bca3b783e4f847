import { formatMoney } from './money';

/** A sentence in the forms that a language counts in; a form that is left out is as `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Numbers, money and dates in the manner of one locale. Dates are shown in the reader's time zone. */
export class Format {
  private readonly plurals: Intl.PluralRules;

  constructor(readonly locale: string) {
    this.plurals = new Intl.PluralRules(locale);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /** "$576.00" from 57600, "usd". */
  money(minor: number, currency: string): string {
    return formatMoney(this.locale, minor, currency);
  }

  /** As `money`, but "$16" where no cents are due: for prices, not for totals. */
  price(minor: number, currency: string): string {
    return formatMoney(this.locale, minor, currency, true);
  }

  /** "14 December", with the year when it is not the year of `now`. */
  day(date: Date, now: Date): string {
    const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
    return new Intl.DateTimeFormat(this.locale, { day: 'numeric', month: 'long', year }).format(date);
  }

  /** The form that the language wants for this count. */
  plural(count: number, forms: PluralForms): string {
    return forms[this.plurals.select(count)] ?? forms.other;
  }

  ordinal(count: number, forms: PluralForms): string {
    return forms[new Intl.PluralRules(this.locale, { type: 'ordinal' }).select(count)] ?? forms.other;
  }
}

/** "21 Nov 2027". Apart, as the next ones are: a module takes in what it says. */
export function shortDate({ locale }: Format, date: Date): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** "in 12 days", "tomorrow", "today". */
export function inDays({ locale }: Format, days: number): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

/** "20%" from 20. */
export function percent({ locale }: Format, value: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(value / 100);
}

/** Whole days on the reader's calendar from `now` to `date`, never below 0. */
export function daysUntil(date: Date, now: Date): number {
  const day = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate()) / 86_400_000;
  return Math.max(0, day(date) - day(now));
}
