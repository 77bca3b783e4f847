import type { prompt as english } from '../en/prompt';
import type { Noun } from '../../api/nouns';
import type { Format } from '../format';

export const prompt: typeof english = {
  lastOne: (used: number, { one }: Noun, free: boolean, f: Format) =>
    used === 1
      ? `${one}: Damit ist alles ${free ? 'Freie ' : ''}verbraucht. Gut gemacht.`
      : `${one}: Das war Nummer ${f.number(used)} von ${f.number(used)}${free ? ' freien' : ''}. Gut gemacht.`,
  allUsed: (limit: number, { one, many }: Noun, free: boolean, f: Format) =>
    f.plural(limit, {
      one: `${one}: Alles ${free ? 'Freie ' : ''}ist für den Moment verbraucht.`,
      other: `${many}: Alle ${f.number(limit)}${free ? ' freien' : ''} sind für den Moment verbraucht.`,
    }),
  nextArrive: (limit: number, day: string, f: Format) =>
    f.plural(limit, { one: `Neues gibt es am ${day}.`, other: `Die nächsten gibt es am ${day}.` }),
  moreFrom: (plan: string, most: number | null, { many }: Noun, price: string, seats: boolean, f: Format) =>
    `Mit ${plan} gibt es ${most === null ? `${many} ohne Grenze` : `${f.number(most)} ${many}`}, ab ${price} pro ${
      seats ? 'Platz' : 'Monat'
    }.`,
  seePlans: 'Tarife ansehen',
};
