import type { Answer } from './answer';
import { bag, Malformed, text } from './read';
import { get, post } from './request';

export type Progress = 'pending' | 'provisioning' | 'active';

/** Starts a Checkout session and answers its URL, still unjudged: see `stripeLocation`. */
export function startCheckout(api: string, priceId: string, seatCount: number): Promise<Answer<string>> {
  return post(`${api}/checkout`, { price_id: priceId, seat_count: seatCount }, (body) =>
    text(bag(body, 'checkout'), 'checkout_url'),
  );
}

/** How far a paid session has come. It also binds the session on the server, so it is worth asking once early. */
export function checkoutProgress(api: string, sessionId: string): Promise<Answer<Progress>> {
  return get(`${api}/success?session_id=${encodeURIComponent(sessionId)}`, (body) => {
    const status = text(bag(body, 'success'), 'status');
    if (status !== 'pending' && status !== 'provisioning' && status !== 'active') {
      throw new Malformed('status is none of pending, provisioning, active');
    }
    return status;
  });
}
