/**
 * Light or dark. Components follow the `color-scheme` of the page they stand in (`:root { color-scheme: light dark }`
 * follows the reader's system), so a page without a dark design never gets dark cards. `data-theme="light"`, "dark" or
 * "auto" on a component or on anything above it decides instead. The rules match our elements alone.
 */
const rules = `
  :where([data-theme='light']) :where(ELEMENTS), :where(ELEMENTS):where([data-theme='light']) { color-scheme: light }
  :where([data-theme='dark']) :where(ELEMENTS), :where(ELEMENTS):where([data-theme='dark']) { color-scheme: dark }
  :where([data-theme='auto']) :where(ELEMENTS), :where(ELEMENTS):where([data-theme='auto']) { color-scheme: light dark }
`;

export function followTheme(elements: readonly string[]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.replaceAll('ELEMENTS', elements.join(', ')));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
