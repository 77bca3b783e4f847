// What the scripts of a host's own pages share. Served beside those pages, wherever they are.
import { hostPath } from './api/host-path';
import { stripeLocation } from './api/links';
import { formatMoney } from './text/money';

export { call } from './pages/call';
export { sendForm, showInstead } from './pages/form';
export { confirmPage, forgotPage, resetPage, takeLink } from './pages/link-pages';

interface Place {
  readonly name: string;
  readonly path: string;
  /** Paths of the pages that belong to it. */
  readonly under: readonly string[];
}

/** Leaves for the sign-in page, which comes back here. */
export function signIn(): void {
  location.replace(`${hostPath}/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The path to go to after signing in: only one on this origin, whatever the address asks for. */
export function returnPath(asked: string | null, origin: string): string {
  try {
    const url = new URL(asked ?? '/', origin);
    const own = url.origin === origin && url.pathname !== `${hostPath}/sign-in` && (asked ?? '/').startsWith('/');
    // rebuilt from its parts: a path that begins with two slashes would name another host
    return own && !url.pathname.startsWith('//') ? url.pathname + url.search : `${hostPath}/`;
  } catch {
    // no address at all
    return `${hostPath}/`;
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
  const anchor = make('a', { href: hostPath + path }, name);
  const here = location.pathname.slice(hostPath.length);
  if (under.includes(here)) {
    anchor.setAttribute('aria-current', here === path ? 'page' : 'true');
  }
  return anchor;
}
