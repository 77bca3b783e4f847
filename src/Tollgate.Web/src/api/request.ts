import { type Answer, failed, ownProblem, readProblem, succeeded } from './answer';
import { Malformed } from './read';

/** Longer than the server's own 10 s limit for a call to Stripe, so that its refusal arrives first. */
const answerWithinMs = 15_000;

/** GET `url` and read its JSON with `read`. Never throws. */
export function get<T>(url: string, read: (body: unknown) => T): Promise<Answer<T>> {
  return request(url, { method: 'GET' }, read);
}

/** POST `body` as JSON and read the answer's JSON with `read`. Never throws. */
export function post<T>(url: string, body: unknown, read: (body: unknown) => T): Promise<Answer<T>> {
  const headers = { 'Content-Type': 'application/json' };
  return request(url, { method: 'POST', headers, body: JSON.stringify(body) }, read);
}

/** DELETE `url`. Never throws. */
export function remove<T>(url: string, read: (body: unknown) => T): Promise<Answer<T>> {
  return request(url, { method: 'DELETE' }, read);
}

async function request<T>(url: string, init: RequestInit, read: (body: unknown) => T): Promise<Answer<T>> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), answerWithinMs);
  try {
    const headers = { Accept: 'application/json, application/problem+json', ...init.headers };
    const response = await fetch(url, {
      ...init,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: clock.signal,
    });
    const body = parse(await response.text());
    return response.ok ? readAnswer(body, read) : failed(readProblem(response.status, body));
  } catch {
    // fetch tells neither why it failed nor anything a reader could act on: no answer, or none in time
    return failed(ownProblem(clock.signal.aborted ? 'too_slow' : 'unreachable'));
  } finally {
    clearTimeout(timer);
  }
}

function readAnswer<T>(body: unknown, read: (body: unknown) => T): Answer<T> {
  try {
    return succeeded(read(body));
  } catch (error) {
    if (error instanceof Malformed) {
      return failed(ownProblem('malformed_answer', 200));
    }
    throw error;
  }
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    // not JSON: a proxy's page, or nothing; `undefined` is no object, so every reader refuses it
    return undefined;
  }
}
