/**
 * The page of Stripe to go to, or null when `answered` is none: https on a host of stripe.com, the page's own origin,
 * or, while the page itself is on this machine, http on this machine (a local Stripe).
 */
export function stripeLocation(answered: string, page: Pick<Location, 'origin' | 'hostname'>): URL | null {
  const url = parsed(answered);
  if (!url || url.username || url.password) {
    return null;
  }
  const stripe = url.protocol === 'https:' && url.hostname.endsWith('.stripe.com') && url.port === '';
  const local = url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(page.hostname);
  const own = isWeb(url) && url.origin === page.origin;
  return stripe || local || own ? url : null;
}

/** `link` when it stays on this origin, else `otherwise`: for links that an answer of the API names. */
export function ownLink(link: string | null, otherwise: string, page: Pick<Location, 'origin' | 'href'>): string {
  const url = link === null ? null : parsed(link, page.href);
  return url && isWeb(url) && url.origin === page.origin ? url.href : otherwise;
}

function parsed(value: string, base?: string): URL | null {
  try {
    return new URL(value, base);
  } catch {
    // not a URL at all
    return null;
  }
}

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}
