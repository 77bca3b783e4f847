// The SDK's client of the Sandbox whose address is the first argument, and what the scripts share.
import Stripe from 'stripe';

const address = new URL(process.argv[2]);
const connection = { host: address.hostname, port: address.port, protocol: 'http', telemetry: false };

export { Stripe };

export const client = (key = 'sk_test_localsandbox', more = {}) => new Stripe(key, { ...connection, ...more });

export const stripe = client();

/** Moves the Sandbox's clock. */
export const advance = (seconds) => move({ seconds });

/** Moves it to a moment, e.g. the hour after a boundary. */
export const advanceTo = (to) => move({ to });

async function move(form) {
  const answer = await fetch(new URL('/_sandbox/clock/advance', address), {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
}

export async function all(list) {
  const found = [];
  for await (const each of list) found.push(each);
  return found;
}

/** A customer who pays by a test card. */
export const customer = (card = 'pm_card_visa') =>
  stripe.customers.create({
    email: 'owner@acme.test',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });

/** A price, of a new product unless one is named. */
export async function price(unit_amount = 2000, interval = 'month', product = undefined) {
  product ??= (await stripe.products.create({ name: 'Team' })).id;
  return stripe.prices.create({ product, currency: 'usd', unit_amount, recurring: { interval } });
}
