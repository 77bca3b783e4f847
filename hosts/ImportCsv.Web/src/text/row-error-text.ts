import type { RowErrorCode } from '../columns/check-value';
import type { Column } from '../columns/column';
import type { DecimalMark } from '../notation/decimal-mark';
import type { Messages } from './en';
import type { Format } from './format';

/** What is wrong with a value, in words that say how it should be; `mark` is that of its column. */
export function rowErrorText(
  code: RowErrorCode,
  column: Column,
  say: Messages,
  format: Format,
  mark: DecimalMark = '.',
): string {
  const { min, max, type, example } = column;
  switch (code) {
    case 'too_small':
      return min === null ? say.value[code] : (type === 'text' ? say.charactersLeast : say.atLeast)(min, format);
    case 'too_large':
      return max === null ? say.value[code] : (type === 'text' ? say.charactersMost : say.atMost)(max, format);
    case 'not_a_number':
      return `${say.value[code]} ${say.writeLike(`1234${mark}56`)}`;
    case 'pattern_mismatch':
      return example === '' ? say.value[code] : say.writeLike(example);
    default:
      return say.value[code];
  }
}
