import { hostPath } from '../api/host-path';

const unreachable = "We couldn't reach the server. Check your connection and try again.";

/** What became of a call: `body` is the JSON or null, `message` tells a person what failed. */
export interface Called {
  readonly ok: boolean;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly body: unknown;
  readonly message: string;
}

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the host's own API: `/api/importers`, without a path base. A failure is a value with a sentence in it, never an
 * exception.
 */
export async function call(method: string, path: string, { body, headers }: Sent = {}): Promise<Called> {
  try {
    const response = await fetch(hostPath + path, {
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // empty, or not JSON: there is no body to read
    return null;
  }
}

function messageOf(answer: unknown, status: number): string {
  const { detail, title } = (answer ?? {}) as Record<string, unknown>;
  const said = [detail, title].find((text) => typeof text === 'string' && text !== '');
  return typeof said === 'string' ? said : `That didn't work (error ${status}). Try again in a moment.`;
}
