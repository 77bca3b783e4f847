import { Malformed } from './read';

/** What a call of the API ends in. Nothing here throws into the page: a failure is a value. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/**
 * A refusal, of the server (RFC 9457) or of the importer itself. `code` is the server's stable code, or one of ours:
 * `unreachable` (no answer), `too_slow` (none in time), `malformed_answer`, `http_<status>`, `columns_invalid` (the
 * page's own), `callback_failed` (the page's own), or what is wrong with the file. `detail` is the server's text,
 * possibly empty; `status` is 0 without an answer. The rest is null where it does not apply.
 */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly line: number | null;
  readonly limit: number | null;
  readonly resetsAt: Date | null;
  readonly upgradeUrl: string | null;
}

export function ownProblem(code: string, more: Partial<Problem> = {}): Problem {
  return { code, detail: '', status: 0, line: null, limit: null, resetsAt: null, upgradeUrl: null, ...more };
}

export function failed(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

/** Reads a problem body without trusting it: a field of the wrong type counts as absent. */
export function readProblem(status: number, body: unknown): Problem {
  const from = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const string = (key: string) => (typeof from[key] === 'string' ? from[key] : '');
  const count = (key: string) => (Number.isSafeInteger(from[key]) ? (from[key] as number) : null);
  const moment = new Date(string('resets_at'));
  return ownProblem(string('code') || `http_${status}`, {
    detail: string('detail') || string('title'),
    status,
    line: count('line'),
    limit: count('limit'),
    resetsAt: Number.isNaN(moment.getTime()) ? null : moment,
    upgradeUrl: string('upgrade_url') || string('settings_url') || null,
  });
}

export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    // not JSON: a proxy's page, or nothing; `undefined` is no object, so every reader refuses it
    return undefined;
  }
}

/** The answer in a body of success, or a problem when it is not what the contract says. */
export function readAnswer<T>(body: unknown, read: (body: unknown) => T): Answer<T> {
  try {
    return { ok: true, value: read(body) };
  } catch (error) {
    if (error instanceof Malformed) {
      return failed(ownProblem('malformed_answer', { status: 200 }));
    }
    throw error;
  }
}
