import type { Format } from '../format';

/** The prompt at a limit. */
export const prompt = {
  lastFreeOne: (used: number, noun: string, f: Format) =>
    used === 1
      ? `That was your free ${noun}. Nice work.`
      : `That was your ${ordinalWord(used, f)} free ${noun}. Nice work.`,
  lastFreeNameless: 'You have used all of your free ones. Nice work.',
  allUsed: (limit: number, noun: string, nouns: string, f: Format) =>
    f.plural(limit, {
      one: `Your free ${noun} is used for now.`,
      other: `Your ${f.number(limit)} free ${nouns} are used for now.`,
    }),
  nextArrive: (limit: number, day: string, f: Format) =>
    f.plural(limit, { one: `Your next one arrives on ${day}.`, other: `Your next ones arrive on ${day}.` }),
  unlimitedFrom: (plan: string, nouns: string, price: string) =>
    `On ${plan}, ${nouns} are unlimited, from ${price} a seat.`,
  noLimitFrom: (plan: string, price: string) => `On ${plan} there is no limit, from ${price} a seat.`,
  paidIsUnlimited: 'Paid plans have no limit.',
  seePlans: 'See plans',
};

const ordinalWords = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ordinalWord(count: number, f: Format): string {
  const suffix = f.ordinal(count, { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' });
  return ordinalWords[count - 1] ?? `${f.number(count)}${suffix}`;
}
