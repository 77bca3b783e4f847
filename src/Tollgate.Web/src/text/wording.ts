import { Catalogue } from './catalogue';
import type { Messages } from './en';

/** What the billing components say. */
export const wording = new Catalogue<Messages>('billing');

/**
 * Replaces sentences of a language, or adds a language; what is left out stays as it is, or English. Components that
 * are on the page change with it. `language` is a primary subtag ("en", "de").
 */
export function setMessages(language: string, messages: Partial<Messages>): void {
  wording.replace(language, messages);
}
