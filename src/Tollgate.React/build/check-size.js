// The wrappers must stay thin: what they wrap is in a package of its own.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = 2_000;
const zipped = gzipSync(readFileSync('dist/react.js'), { level: 9 }).length;
console.log(`react.js: ${zipped} gzipped (at most ${most})`);
if (zipped > most) {
  process.exitCode = 1;
}
