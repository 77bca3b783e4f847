import { threeDecimal, wholeTwoDecimal, zeroDecimal } from './currencies.json';

/**
 * An amount in Stripe's minor units, in the manner of a locale. How Stripe counts is Stripe's own: the browser's digits
 * of a currency are others.
 * @param short "$16" where no cents are due: for prices, not for totals
 */
export function formatMoney(locale: string, minor: number, currency: string, short = false): string {
  const decimals = zeroDecimal.includes(currency) ? 0 : threeDecimal.includes(currency) ? 3 : 2;
  const value = minor / 10 ** decimals;
  const digits = wholeTwoDecimal.includes(currency) || (short && Number.isInteger(value)) ? 0 : decimals;
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction }).format(value);
}
