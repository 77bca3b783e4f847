import { threeDecimal, wholeTwoDecimal, zeroDecimal } from './currencies.json';

/**
 * An amount in Stripe's minor units, in the manner of a locale. How Stripe counts is Stripe's own: the browser's digits
 * of a currency are others.
 * @param short "$16" where no cents are due: for prices, not for totals
 */
export function formatMoney(locale: string, minor: number, currency: string, short = false): string {
  const decimals = threeDecimal.includes(currency) ? 3 : zeroDecimal.includes(currency) ? 0 : 2;
  const value = minor / 10 ** decimals;
  const digits = wholeTwoDecimal.includes(currency) || (short && !(value % 1)) ? 0 : decimals;
  // no more than these ever stand there: without them the value is whole, or the browser rounds as Stripe does
  return new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits }).format(value);
}
