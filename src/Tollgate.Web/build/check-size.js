// The modules must stay small: a page that shows one price should not wait for a framework.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = {
  'tollgate.js': 30_000,
  'upgrade-prompt.js': 12_000,
  'admin.js': 30_000,
  'de.js': 8_000,
  'status.js': 3_000,
  'pages.js': 2_000,
};

for (const [file, budget] of Object.entries(most)) {
  const bundle = readFileSync(new URL(`../dist/${file}`, import.meta.url));
  const zipped = gzipSync(bundle, { level: 9 }).length;
  console.log(`${file}: ${bundle.length} bytes, ${zipped} gzipped (at most ${budget})`);
  if (zipped > budget) {
    console.error(`${file} is ${zipped - budget} bytes over its budget`);
    process.exitCode = 1;
  }
}
