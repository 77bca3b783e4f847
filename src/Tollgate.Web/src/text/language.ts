import { pageWide } from '../look/page-wide';

/** The language that `element` is read in: its nearest `lang`, through shadow roots too; else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at; at = parentAcrossShadow(at)) {
    const declared = at.getAttribute('lang');
    if (declared && isLocale(declared)) {
      return declared;
    }
  }
  return navigator.language || 'en';
}

const readers = pageWide('readers', () => new Set<() => void>());

/** Calls `reader` when sentences change, or the page's own `lang`. Answers how to stop. */
export function listenToWords(reader: () => void): () => void {
  pageWide('language', () => new MutationObserver(notifyReaders)).observe(document.documentElement, {
    attributeFilter: ['lang'],
  });
  readers.add(reader);
  return () => readers.delete(reader);
}

export function notifyReaders(): void {
  readers.forEach((reader) => reader());
}

/** "de" of "de-AT". */
export function primary(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() ?? '';
}

export function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length > 0;
  } catch {
    // a `lang` that is no BCP 47 tag counts as absent
    return false;
  }
}

function parentAcrossShadow(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
