/** Nothing may be fetched, and nothing may hide what is fetched; the server holds the same. */
const fetches = /\\|url\s*\(|src\s*\(|image\s*\(|image-set\s*\(|@import|@font-face|@namespace/i;

let last: { readonly css: string; readonly sheet: CSSStyleSheet | null } | null = null;

/** The importer's own CSS as a sheet for its shadow root, where it reaches nothing else; null for none that is safe. */
export function customSheet(css: string | null): CSSStyleSheet | null {
  if (css === null) {
    return null;
  }
  if (last?.css !== css) {
    last = { css, sheet: makeSheet(css) };
  }
  return last.sheet;
}

function makeSheet(css: string): CSSStyleSheet | null {
  if (css.length > 100_000 || fetches.test(css)) {
    return null;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
