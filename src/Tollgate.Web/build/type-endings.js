// Gives the relative imports in dist/types of the package in the working directory their endings: without them
// TypeScript finds nothing where it resolves as Node.js does.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = 'dist/types';
const relative = /\b((?:from|import) ?\(?)(['"])(\.\.?\/[^'"]+?)(?:\.js)?\2/g;

for (const name of readdirSync(root, { recursive: true }).filter((one) => one.endsWith('.d.ts'))) {
  const file = join(root, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(relative, '$1$2$3.js$2'));
}
