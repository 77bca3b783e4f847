import { de } from './de';
import { en, type Messages } from './en';
import { Format } from './format';

/** Sentences and formats for one reader. */
export interface Wording {
  readonly say: Messages;
  readonly format: Format;
}

const languages = new Map<string, Messages>([
  ['en', en],
  ['de', de],
]);
const known = new Map<string, Wording>();

/**
 * Replaces sentences of a language, or adds a language; what is left out stays as it was, or English. Call it before
 * the importer is first shown. `language` is a primary subtag ("en", "fr").
 */
export function setMessages(language: string, messages: Partial<Messages>): void {
  languages.set(language, { ...(languages.get(language) ?? en), ...messages });
  known.clear();
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

function makeWording(declared: string): Wording {
  const language = primary(declared);
  const messages = languages.get(language);
  const locale = messages ? withRegion(declared, language) : 'en';
  return { say: messages ?? en, format: new Format(locale) };
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
