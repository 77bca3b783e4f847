// What would be published: every module with its types, and nothing else. Wants dist as `npm run build` leaves it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, private: isPrivate } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const wanted = Object.values(exports).flatMap(({ types, default: code }) => [types, code]);
const named = ['package.json', 'README.md', ...wanted.map((path) => path.replace('./', ''))];

const [{ files }] = JSON.parse(run('npm pack --dry-run --ignore-scripts --json'));
const packed = files.map(({ path }) => path);
const missing = named.filter((path) => !packed.includes(path));
const strange = packed.filter((path) => !named.includes(path) && !/^dist\/types\/[\w./-]+\.d\.ts$/.test(path));
const leaked = packed.filter((path) => /test|gallery|node_modules/.test(path));

// the package by its own name, as who installs it sees it
run('npx --no -- tsc -p build');

for (const [what, paths] of Object.entries({ missing, strange, leaked })) {
  if (paths.length > 0) {
    console.error(`${what}: ${paths.join(', ')}`);
    process.exitCode = 1;
  }
}
if (isPrivate) {
  console.error('the package is private');
  process.exitCode = 1;
}
console.log(`${packed.length} files would be published`);

function run(command) {
  const { status, stdout, stderr } = spawnSync(command, { cwd: root, shell: true, encoding: 'utf8' });
  if (status !== 0) {
    console.error(stdout, stderr);
    process.exit(1);
  }
  return stdout;
}
