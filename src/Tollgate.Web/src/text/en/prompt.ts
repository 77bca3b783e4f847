import type { Noun } from '../../api/nouns';
import type { Format } from '../format';

/** The prompt at a limit. */
export const prompt = {
  lastOne: (used: number, { one }: Noun, free: boolean, f: Format) =>
    `That was your ${ordinal(used, f)}${freely(free)}${one}. Nice work.`,
  allUsed: (limit: number, { one, many }: Noun, free: boolean, f: Format) =>
    f.plural(limit, {
      one: `Your ${freely(free)}${one} is used for now.`,
      other: `Your ${f.number(limit)} ${freely(free)}${many} are used for now.`,
    }),
  nextArrive: (limit: number, day: string, f: Format) =>
    f.plural(limit, { one: `Your next one arrives on ${day}.`, other: `Your next ones arrive on ${day}.` }),
  /** `most` is what the plan allows, null without a limit; `seats` where they are sold. */
  moreFrom: (plan: string, most: number | null, { many }: Noun, price: string, seats: boolean, f: Format) =>
    `On ${plan}, ${most === null ? `${many} are unlimited` : `you have ${f.number(most)} ${many}`}, from ${price} a ${
      seats ? 'seat' : 'month'
    }.`,
  seePlans: 'See plans',
};

const freely = (free: boolean): string => (free ? 'free ' : '');

// the first of several is not counted: of one there is no other
const ordinals = ['', 'second ', 'third ', 'fourth ', 'fifth '];

function ordinal(count: number, f: Format): string {
  return (
    ordinals[count - 1] ?? `${f.number(count)}${f.ordinal(count, { one: 'st', two: 'nd', few: 'rd', other: 'th' })} `
  );
}
