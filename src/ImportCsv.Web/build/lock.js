// A lock between processes, held by a file that names its holder. The lock of a process that is gone is taken over.
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

const nap = new Int32Array(new SharedArrayBuffer(4));

/** Waits for the lock at `path`, takes it, and returns the function that gives it back. */
export function takeLock(path) {
  const mine = `${process.pid} ${crypto.randomUUID()}`;
  while (!create(path, mine)) {
    const holder = read(path);
    if (holder !== null && !isAlive(holder, path)) {
      takeAway(path, holder);
    } else {
      Atomics.wait(nap, 0, 0, 100);
    }
  }
  return () => rmSync(path, { force: true });
}

function create(path, content) {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // given back meanwhile
    return null;
  }
}

function isAlive(holder, path) {
  if (holder === '') {
    // taken this moment and not named yet, or its process died in between
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5_000;
  }
  try {
    process.kill(Number(holder.split(' ')[0]), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes the dead holder's file; should another process have taken it over meanwhile, gives that one back. */
function takeAway(path, holder) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== holder) {
      linkSync(aside, path);
    }
    rmSync(aside, { force: true });
  } catch {
    // another process was faster: the loop looks again
  }
}
