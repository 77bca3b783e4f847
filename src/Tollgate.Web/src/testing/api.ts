/** What one route answers: a body with 200, a status with a body, or a way to make either (or to fail). */
type Reply = unknown | (() => Response | Promise<Response>);

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** Stands for the network at the fetch boundary: routes by the path's last part, and a record of the calls. */
export class Api {
  readonly calls: Call[] = [];
  /** What was answered, as far as it was JSON. */
  readonly sent: unknown[] = [];
  /** The answers on their way. */
  readonly pending: Promise<unknown>[] = [];
  private readonly replies = new Map<string, Reply>();

  on(route: string, reply: Reply): this {
    this.replies.set(route, reply);
    return this;
  }

  to(route: string): readonly Call[] {
    return this.calls.filter((call) => routeOf(call.url) === route);
  }

  readonly fetch = (url: string, init: RequestInit = {}): Promise<Response> => {
    const answer = this.answer(url, init);
    this.pending.push(answer.catch(() => null));
    return answer;
  };

  private async answer(url: string, init: RequestInit): Promise<Response> {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    this.calls.push({ method: init.method ?? 'GET', url, body });
    const reply = this.replies.get(routeOf(url));
    if (reply === undefined) {
      throw new TypeError('Failed to fetch');
    }
    const response = typeof reply === 'function' ? await (reply as () => Response)() : json(200, reply);
    this.sent.push(await response.clone().json().catch(() => null));
    return response;
  }
}

export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function routeOf(url: string): string {
  return new URL(url, 'http://host.test').pathname.split('/').pop() ?? '';
}
