/** What every call of the billing API ends in. Nothing here throws into the page: a failure is a value. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/**
 * A refusal, RFC 9457. `code` is the server's stable code, or one of ours where the server said nothing usable:
 * `unreachable` (no answer), `too_slow` (no answer in time), `malformed_answer`, `http_<status>`.
 * `title` and `detail` are the server's text, possibly empty; `status` is 0 without an answer.
 */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
}

export function succeeded<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function failed(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

export function ownProblem(code: string, status = 0): Problem {
  return { code, title: '', detail: '', status };
}

/** Reads a problem body without trusting it: a field of the wrong type counts as absent. */
export function readProblem(status: number, body: unknown): Problem {
  const from = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const string = (key: string) => (typeof from[key] === 'string' ? from[key] : '');
  return { code: string('code') || `http_${status}`, title: string('title'), detail: string('detail'), status };
}
