import { type Bag, bag } from './read';

/** What the host calls a thing: one of it, and several. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** By language ("en", "de"). */
export type Nouns = Readonly<Record<string, Noun>>;

/** The nouns under `key`; none where there is nothing. */
export function readNouns(from: Bag, key: string): Nouns {
  return bag(from[key] ?? {}, key) as Nouns;
}

/** The noun in the language of `locale`, else in English. */
export function nounOf(nouns: Nouns, locale: string): Noun | undefined {
  return nouns[locale.slice(0, 2)] ?? nouns['en'];
}
