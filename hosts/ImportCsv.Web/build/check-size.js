// The module must stay small: the page that embeds it has its own work to do.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = 40_000;
const bundle = readFileSync(new URL('../dist/importer.js', import.meta.url));
const zipped = gzipSync(bundle, { level: 9 }).length;
console.log(`importer.js: ${bundle.length} bytes, ${zipped} gzipped (at most ${most})`);
if (zipped > most) {
  console.error(`importer.js is ${zipped - most} bytes over its budget`);
  process.exitCode = 1;
}
