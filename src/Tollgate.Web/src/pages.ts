// What the scripts of a host's own pages share. Served beside those pages, wherever they are.
import { stripeLocation } from './api/links';
import { formatMoney } from './text/money';

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

interface Place {
  readonly name: string;
  readonly path: string;
  /** Paths of the pages that belong to it. */
  readonly under: readonly string[];
}

/** Calls the host's own API. A failure is a value with a sentence in it, never an exception. */
export async function call(method: string, path: string, { body, headers }: Sent = {}): Promise<Called> {
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
export function signIn(): void {
  location.replace(`/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The path to go to after signing in: only one on this origin, whatever the address asks for. */
export function returnPath(asked: string | null, origin: string): string {
  try {
    const url = new URL(asked ?? '/', origin);
    const own = url.origin === origin && url.pathname !== '/sign-in' && (asked ?? '/').startsWith('/');
    // rebuilt from its parts: a path that begins with two slashes would name another host
    return own && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
  } catch {
    // no address at all
    return '/';
  }
}

/** Leaves for a page of Stripe's; false for an address that is none. */
export function follow(address: string): boolean {
  const url = stripeLocation(address, location);
  if (url) {
    location.assign(url);
  }
  return url !== null;
}

/** Text is text: nothing that is given here ever becomes markup. */
export function make(tag: string, properties: object, ...children: (Node | string)[]): HTMLElement {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** "$49" from 4900, "usd"; in minor units as Stripe counts them. */
export function price(minor: number, currency: string): string {
  return formatMoney('en-US', minor, currency, true);
}

/** A link of the header, marked while one is there. */
export function link({ name, path, under }: Place): HTMLElement {
  const anchor = make('a', { href: path }, name);
  if (under.includes(location.pathname)) {
    anchor.setAttribute('aria-current', location.pathname === path ? 'page' : 'true');
  }
  return anchor;
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
