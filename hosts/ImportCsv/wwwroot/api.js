// Calls of ImportCSV's own API. A failure is a value with a sentence in it, never an exception.

const unreachable = "We couldn't reach the server. Check your connection and try again.";

/** Answers `{ ok, status, body, message }`: `body` is the JSON or null, `message` tells a person what failed. */
export async function call(method, path, { body, headers } = {}) {
  try {
    const response = await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      cache: 'no-store',
    });
    const answer = parse(await response.text());
    return { ok: response.ok, status: response.status, body: answer, message: messageOf(answer, response.status) };
  } catch {
    // fetch says nothing about why there is no answer
    return { ok: false, status: 0, body: null, message: unreachable };
  }
}

/** Leaves for the sign-in page, which comes back here. */
export function signIn() {
  location.replace(`/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The path to go to after signing in: only one on this origin, whatever the address asks for. */
export function returnPath(wanted, origin) {
  try {
    const url = new URL(wanted ?? '/', origin);
    const own = url.origin === origin && url.pathname !== '/sign-in' && (wanted ?? '/').startsWith('/');
    // rebuilt from its parts: a path that begins with two slashes would name another host
    return own && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
  } catch {
    // no address at all
    return '/';
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // empty, or not JSON: there is no body to read
    return null;
  }
}

function messageOf(answer, status) {
  const said = [answer?.detail, answer?.title].find((text) => typeof text === 'string' && text !== '');
  return said ?? `That didn't work (error ${status}). Try again in a moment.`;
}
