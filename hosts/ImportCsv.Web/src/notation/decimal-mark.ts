/** What begins the decimals of a number; the other one may group its thousands. */
export type DecimalMark = '.' | ',';

const forms: Readonly<Record<DecimalMark, RegExp>> = { '.': formOf('.', ','), ',': formOf(',', '.') };

/** Thousands are grouped by the other mark, a space of any width, or an apostrophe; the same one all through. */
function formOf(mark: DecimalMark, group: string): RegExp {
  const grouped = String.raw`[1-9]\d{0,2}([${group} \u00a0\u202f'’])\d{3}(?:\1\d{3})*`;
  const whole = String.raw`(?:${grouped}|\d+)`;
  return new RegExp(String.raw`^[+-]?(?:${whole}(?:[${mark}]\d*)?|[${mark}]\d+)(?:e[+-]?\d{1,3})?$`, 'i');
}

/** A number with a point and without groups, or null for what is none: "1234.56" of "1.234,56". */
export function readNumber(value: string, mark: DecimalMark): string | null {
  if (!forms[mark].test(value)) {
    return null;
  }
  const digits = value.replace(mark === '.' ? /[, \u00a0\u202f'’]/g : /[. \u00a0\u202f'’]/g, '');
  const plain = mark === '.' ? digits : digits.replace(',', '.');
  return Number.isFinite(Number(plain)) ? plain : null;
}
