import { pageWide } from './page-wide';
import { compact, moreContrast } from './tokens';

/**
 * How the components look, decided by attributes on a component or on anything above it. `data-theme`: "light", "dark",
 * or "auto" for the reader's system; without it components follow the `color-scheme` of the page they stand in, so a
 * page without a dark design never gets dark cards. `data-contrast="more"`; without it the reader's system decides.
 * `data-density="compact"`. The rules match our elements alone.
 */
const looks = [
  ["[data-theme='light']", 'color-scheme: light'],
  ["[data-theme='dark']", 'color-scheme: dark'],
  ["[data-theme='auto']", 'color-scheme: light dark'],
  ["[data-contrast='more']", moreContrast.cssText],
  ["[data-density='compact']", compact.cssText],
] as const;

const followed = pageWide('themed', () => new Set<string>());

export function followTheme(elements: readonly string[]): void {
  const fresh = elements.filter((element) => !followed.has(element));
  if (fresh.length === 0) {
    return;
  }
  fresh.forEach((element) => followed.add(element));
  const all = fresh.join(', ');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    looks.map(([on, what]) => `:where(${on}) :where(${all}), :where(${all}):where(${on}) { ${what} }`).join('\n'),
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
