import { pageWide } from '../look/page-wide';
import type { Messages } from './en';
import { Format } from './format';

/** Sentences and formats for one reader. */
export interface Wording {
  readonly say: Messages;
  readonly format: Format;
}

type Sentences = Map<string, Partial<Messages>>;

/** What the modules brought, and what the host says instead; each by language. */
const brought: Sentences = pageWide('messages', () => new Map());
const replaced: Sentences = pageWide('replaced', () => new Map());
const known = pageWide('wordings', () => new Map<string, Wording>());
const listeners = pageWide('readers', () => new Set<() => void>());

/**
 * Replaces sentences of a language, or adds a language; what is left out stays as it is, or English. Components that
 * are on the page change with it. `language` is a primary subtag ("en", "de").
 */
export function setMessages(language: string, messages: Partial<Messages>): void {
  add(replaced, language, messages);
}

/** Brings a module's own sentences, whole or in part. What the host replaced stays replaced. */
export function bringMessages(language: string, messages: Partial<Messages>): void {
  add(brought, language, messages);
}

/** Calls `listener` when sentences change. Answers how to stop. */
export function listenToWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The wording for `element`: in the language of its nearest `lang`, else of the browser. A language without sentences
 * of its own gets English ones, and then English dates too, so that no sentence mixes two languages.
 */
export function wordingFor(element: Element): Wording {
  const declared = nearestLanguage(element) || navigator.language || 'en';
  const found = known.get(declared) ?? makeWording(declared);
  known.set(declared, found);
  return found;
}

function add(to: Sentences, language: string, messages: Partial<Messages>): void {
  to.set(language, { ...to.get(language), ...messages });
  known.clear();
  listeners.forEach((listener) => listener());
}

function makeWording(declared: string): Wording {
  const language = primary(declared);
  const isSpoken = brought.has(language) || replaced.has(language);
  const english = { ...brought.get('en'), ...replaced.get('en') };
  const say = { ...english, ...brought.get(language), ...replaced.get(language) } as Messages;
  return { say, format: new Format(isSpoken ? withRegion(declared, language) : 'en') };
}

/** A bare "en" says nothing of regions: the reader's own is taken when the browser names one of that language. */
function withRegion(declared: string, language: string): string {
  if (declared !== language) {
    return declared;
  }
  return (navigator.languages ?? []).find((own) => primary(own) === language && isLocale(own)) ?? declared;
}

function nearestLanguage(element: Element): string {
  for (let at: Element | null = element; at; at = parentAcrossShadow(at)) {
    const declared = at.getAttribute('lang');
    if (declared && isLocale(declared)) {
      return declared;
    }
  }
  return '';
}

function parentAcrossShadow(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

function primary(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() ?? '';
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length > 0;
  } catch {
    // a `lang` that is no BCP 47 tag counts as absent
    return false;
  }
}
