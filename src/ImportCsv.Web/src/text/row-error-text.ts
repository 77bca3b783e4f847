import type { RowErrorCode } from '../columns/check-value';
import type { Column } from '../columns/column';
import type { Messages } from './en';
import type { Format } from './format';

/** What is wrong with a value, in words that say how it should be. */
export function rowErrorText(code: RowErrorCode, column: Column, say: Messages, format: Format): string {
  const { min, max, type, example } = column;
  switch (code) {
    case 'too_small':
      return min === null ? say.value[code] : (type === 'text' ? say.charactersLeast : say.atLeast)(min, format);
    case 'too_large':
      return max === null ? say.value[code] : (type === 'text' ? say.charactersMost : say.atMost)(max, format);
    case 'pattern_mismatch':
      return example === '' ? say.value[code] : say.writeLike(example);
    default:
      return say.value[code];
  }
}
