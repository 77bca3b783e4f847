import createClient, { type Client, type ClientOptions, type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type { components, operations, paths } from './schema.js';

/** A refusal, RFC 9457: `code` is stable, `status` the HTTP status; a code may bring members of its own. */
export type Problem = components['schemas']['Problem'];

/** `baseUrl` is the host's origin; `headers`, `credentials` and the rest of a request's settings are passed on. */
export interface TollgateClientOptions extends ClientOptions {
  readonly baseUrl: string;
}

export type TollgateClient = Client<paths>;

/**
 * The billing API of one host. Each call answers `{ data, response }` or `{ error, response }`, where `error` is one of
 * the problems that the path has; without an answer it throws what fetch throws.
 */
export function createTollgateClient(options: TollgateClientOptions): TollgateClient {
  const client = createClient<paths>(options);
  client.use(problems);
  return client;
}

/**
 * The problem of a refused answer, of any of the host's endpoints: of a gate or a meter, too. What has no problem as
 * its body, as a proxy's page, has the code `http_<status>`.
 */
export async function readProblem(response: Response): Promise<Problem> {
  const { status, statusText: title } = response;
  const plain = { type: 'about:blank', title, status, detail: '', code: `http_${status}` };
  if (!/^application\/problem\+json\b/.test(response.headers.get('Content-Type') ?? '')) {
    return plain;
  }
  const body: unknown = await response.clone().json();
  return typeof body === 'object' && body !== null ? { ...plain, ...body } : plain;
}

const problems: Middleware = {
  onResponse: async ({ response }) => {
    if (response.ok) {
      return undefined;
    }
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    headers.set('Content-Type', 'application/problem+json');
    // of the body that came; a length of 0 would have no problem read
    headers.delete('Content-Length');
    return new Response(JSON.stringify(await readProblem(response)), { status, statusText, headers });
  },
};
