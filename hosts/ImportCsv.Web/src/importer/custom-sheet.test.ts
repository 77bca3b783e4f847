import { expect, test } from 'vitest';
import { customSheet } from './custom-sheet';

test.each([
  '@import "https://evil.test/a.css";',
  '.drop { background: url(https://evil.test/) }',
  '.drop { background: URL (x) }',
  '.drop { background: image-set("https://evil.test/a.png" 1x) }',
  '.drop { background: u\\72l(x) }',
  '@font-face { font-family: x; src: local(y) }',
  `.drop { color: red } ${' '.repeat(100_000)}`,
])('what could fetch anything is not worn: %#', (css) => {
  expect(customSheet(css)).toBeNull();
});

test('none is none, and the same is the same', () => {
  expect(customSheet(null)).toBeNull();
  expect(customSheet(':host { --ic-accent: red }')).toBe(customSheet(':host { --ic-accent: red }'));
});
