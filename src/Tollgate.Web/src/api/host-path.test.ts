import { expect, it } from 'vitest';
import { servedPath } from './host-path';

it.each([
  ['https://example.com/tollgate/tollgate.js', ''],
  ['https://example.com/app/tollgate/tollgate.js', '/app'],
  ['https://example.com/a/b/tollgate/pages.js?v=1', '/a/b'],
  ['https://example.com/assets/index-4f2a.js', ''],
  ['https://example.com/node_modules/@tollgate/web/dist/tollgate.js', ''],
  ['file:///srv/tollgate/x.ts', ''],
])('of %s it is "%s"', (module, path) => {
  expect(servedPath.exec(module)?.[1] ?? '').toBe(path);
});
