// What would be published of the package in the working directory: every module with its types, and nothing else.
// Wants dist as `npm run build` and `npm run types` leave it. Run by `npm run package` of each package, in its folder.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { exports, license, private: isPrivate } = JSON.parse(readFileSync('package.json', 'utf8'));
const wanted = Object.values(exports).flatMap(({ types, default: code }) => [types, code]);
const named = ['LICENSE', 'package.json', 'README.md', ...wanted.map((path) => path.replace('./', ''))];

const [{ files }] = JSON.parse(run('npm pack --dry-run --ignore-scripts --json'));
const packed = files.map(({ path }) => path);
const missing = named.filter((path) => !packed.includes(path));
const strange = packed.filter((path) => !named.includes(path) && !/^dist\/types\/[\w./-]+\.d\.ts$/.test(path));
const leaked = packed.filter((path) => /test|gallery|node_modules/.test(path));

// the package by its own name, as who installs it sees it: with a bundler, and by Node's own resolution
run('npx --no -- tsc -p build');
run('npx --no -- tsc -p build --module nodenext --moduleResolution nodenext');

for (const [what, paths] of Object.entries({ missing, strange, leaked })) {
  if (paths.length > 0) {
    refuse(`${what}: ${paths.join(', ')}`);
  }
}
if (isPrivate) {
  refuse('the package is private');
}
const licence = new URL('../../../LICENSE', import.meta.url);
if (license !== 'MIT' || readFileSync('LICENSE', 'utf8') !== readFileSync(licence, 'utf8')) {
  refuse("the licence is not the repository's");
}
console.log(`${packed.length} files would be published`);

function refuse(why) {
  console.error(why);
  process.exitCode = 1;
}

function run(command) {
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' });
  if (status !== 0) {
    console.error(stdout, stderr);
    process.exit(1);
  }
  return stdout;
}
