import type { prompt as english } from '../en/prompt';
import type { Format } from '../format';

export const prompt: typeof english = {
  lastFreeOne: (used: number, noun: string, f: Format) =>
    f.plural(used, {
      one: `${noun}: Damit ist das Freie verbraucht. Gut gemacht.`,
      other: `${noun}: Das war Nummer ${f.number(used)} von ${f.number(used)} freien. Gut gemacht.`,
    }),
  lastFreeNameless: 'Alles Freie ist verbraucht. Gut gemacht.',
  allUsed: (limit: number, noun: string, nouns: string, f: Format) =>
    f.plural(limit, {
      one: `${noun}: Das Freie ist für den Moment verbraucht.`,
      other: `${nouns}: Alle ${f.number(limit)} freien sind für den Moment verbraucht.`,
    }),
  nextArrive: (limit: number, day: string, f: Format) =>
    f.plural(limit, { one: `Neues gibt es am ${day}.`, other: `Die nächsten gibt es am ${day}.` }),
  unlimitedFrom: (plan: string, nouns: string, price: string) =>
    `Mit ${plan} gibt es ${nouns} ohne Grenze, ab ${price} pro Platz.`,
  noLimitFrom: (plan: string, price: string) => `Mit ${plan} gibt es keine Grenze, ab ${price} pro Platz.`,
  paidIsUnlimited: 'Bezahlte Tarife haben keine Grenze.',
  seePlans: 'Tarife ansehen',
};
