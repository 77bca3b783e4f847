// The whole module must stay small: a page that shows one price should not wait for a framework.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = 30_000;
const bundle = readFileSync(new URL('../dist/tollgate.js', import.meta.url));
const zipped = gzipSync(bundle, { level: 9 }).length;
console.log(`tollgate.js: ${bundle.length} bytes, ${zipped} gzipped (at most ${most})`);
if (zipped > most) {
  console.error(`tollgate.js is ${zipped - most} bytes over its budget`);
  process.exit(1);
}
