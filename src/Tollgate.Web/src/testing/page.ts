import type { LitElement } from 'lit';
import { afterEach, beforeEach, vi } from 'vitest';
import { forgetFeeds } from '../api/feed';

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
  private readonly replies = new Map<string, Reply>();

  on(route: string, reply: Reply): this {
    this.replies.set(route, reply);
    return this;
  }

  to(route: string): readonly Call[] {
    return this.calls.filter((call) => routeOf(call.url) === route);
  }

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    this.calls.push({ method: init.method ?? 'GET', url, body });
    const reply = this.replies.get(routeOf(url));
    if (reply === undefined) {
      throw new TypeError('Failed to fetch');
    }
    return typeof reply === 'function' ? await (reply as () => Response)() : json(200, reply);
  };
}

export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

/** One API per test, put in place of fetch; pages, feeds and what the tab remembers are forgotten afterwards. */
export function useApi(): () => Api {
  let api = new Api();
  beforeEach(() => {
    api = new Api();
    vi.stubGlobal('fetch', api.fetch);
    document.documentElement.lang = 'en-GB';
  });
  afterEach(() => {
    document.body.replaceChildren();
    forgetFeeds();
    sessionStorage.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  return () => api;
}

/** Puts markup on the page and waits until its answers have arrived and are drawn. */
export async function show<E extends LitElement>(markup: string, prepare?: (element: E) => void): Promise<E> {
  const holder = document.createElement('template');
  holder.innerHTML = markup;
  const element = document.importNode(holder.content, true).firstElementChild as E;
  prepare?.(element);
  document.body.append(element);
  await settle(element);
  return element;
}

/** Waits until the microtasks of fetches and renders have run dry. */
export async function settle(element: LitElement): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await Promise.resolve();
    await element.updateComplete;
  }
}

export function find<T extends Element = HTMLElement>(within: Element, selector: string): T {
  const found = (within.shadowRoot ?? within).querySelector<T>(selector);
  if (!found) {
    throw new Error(`nothing matches ${selector} in ${textOf(within)}`);
  }
  return found;
}

export function all<T extends Element = HTMLElement>(within: Element, selector: string): T[] {
  return [...(within.shadowRoot ?? within).querySelectorAll<T>(selector)];
}

/** The text a reader sees, whitespace folded; of nested components too. */
export function textOf(element: Element | ShadowRoot): string {
  const root = element instanceof Element ? (element.shadowRoot ?? element) : element;
  const words = [...root.childNodes].map((node) => {
    if (node instanceof Element) {
      return node.tagName === 'STYLE' ? '' : textOf(node);
    }
    return node.nodeType === Node.TEXT_NODE ? node.textContent : '';
  });
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

function routeOf(url: string): string {
  return new URL(url, 'http://host.test').pathname.split('/').pop() ?? '';
}
