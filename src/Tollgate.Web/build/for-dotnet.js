// Builds the modules that are named (`node for-dotnet.js tollgate.js admin.js`) into dist, for the .NET build of the
// package in the working directory: installs its packages when the lock file has changed, then builds. One process at a
// time: several `dotnet build`s may ask at once, and `npm ci` empties node_modules.
// Ends with 0, with 1 when npm failed (its output is on stderr), or with 3 when Node.js or npm will not do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from './lock.js';

const root = process.cwd();
const bundles = process.argv.slice(2).map((name) => join(root, 'dist', name));
const stamp = join(root, 'node_modules', '.tollgate-installed');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19) || npm(['--version']).status !== 0) {
  process.exit(3);
}

mkdirSync(join(root, 'dist'), { recursive: true });
const unlock = takeLock(join(root, 'dist', '.building'));
try {
  if (!isUpToDate()) {
    install();
    // dated to its start: a source that is saved meanwhile is newer, and the next build takes it in
    const started = new Date();
    run(['run', 'build']);
    bundles.forEach((bundle) => utimesSync(bundle, started, started));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  unlock();
}

/** True when another process has built while this one waited for the lock. */
function isUpToDate() {
  const isSource = (name) => /(?<!\.test)\.(ts|json)$/.test(name);
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter(isSource);
  const scripts = readdirSync(join(root, 'build'));
  const files = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];
  const inputs = [...sources.map((name) => join('src', name)), ...scripts.map((name) => join('build', name)), ...files];
  const isCurrent = (bundle) =>
    existsSync(bundle) && inputs.every((name) => modified(join(root, name)) <= modified(bundle));
  return bundles.every(isCurrent);
}

function install() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    run(['ci', '--ignore-scripts']);
    writeFileSync(stamp, lock);
  }
}

function run(args) {
  const { status, stdout, stderr } = npm(args);
  if (status !== 0) {
    // what a reader can act on: not the tools' own stack traces, nor npm's remarks on its configuration
    const said = `${stdout}\n${stderr}`.split('\n').filter((line) => !/^\s*$|^\s+at |^npm warn|^> /.test(line));
    throw new Error([...said, `npm ${args.join(' ')} ended with ${status}`].join('\n'));
  }
}

function npm(args) {
  // through the shell, since npm is a .cmd file on Windows
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(`npm ${args.join(' ')}`, { cwd: root, shell: true, encoding: 'utf8', env });
}

function modified(path) {
  return statSync(path).mtimeMs;
}
