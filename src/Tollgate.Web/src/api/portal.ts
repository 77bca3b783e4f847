import type { Answer } from './answer';
import { bag, text } from './read';
import { post } from './request';

/** A new session of Stripe's portal: its URL, still unjudged, see `stripeLocation`. */
export function openPortal(api: string): Promise<Answer<string>> {
  return post(`${api}/portal`, {}, (body) => text(bag(body, 'portal'), 'portal_url'));
}
