import assert from 'node:assert/strict';
import { all, price, stripe } from './sandbox.mjs';

const seat = await price(1500);
const open = (more = {}) =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: 'http://localhost:8000/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:8000/back',
    client_reference_id: 'acme',
    line_items: [{ price: seat.id, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1 } }],
    subscription_data: { metadata: { tenant: 'acme' } },
    ...more,
  });

const session = await open();
assert.deepEqual([session.status, session.payment_status, session.amount_total], ['open', 'unpaid', 3000]);
const page = await fetch(session.url);
assert.ok((await page.text()).includes('Team'), 'the page names the product');
const lines = await all(stripe.checkout.sessions.listLineItems(session.id, { limit: 1 }));
assert.deepEqual(lines.map((line) => [line.price.id, line.quantity]), [[seat.id, 2]]);

// Stripe has no public call that pays a session; this is the one its own command line makes.
const card = await stripe.paymentMethods.create({
  type: 'card',
  card: { token: 'tok_visa' },
  billing_details: { email: 'owner@acme.test' },
});
await stripe.rawRequest('POST', `/v1/payment_pages/${session.id}/confirm`, {
  payment_method: card.id,
  expected_amount: 3000,
});
const paid = await stripe.checkout.sessions.retrieve(session.id, {
  expand: ['subscription.latest_invoice', 'customer', 'line_items'],
});
assert.deepEqual([paid.status, paid.payment_status], ['complete', 'paid']);
assert.equal(paid.subscription.status, 'active');
assert.equal(paid.subscription.metadata.tenant, 'acme');
assert.equal(paid.subscription.latest_invoice.amount_paid, 3000);
assert.equal(paid.customer.email, 'owner@acme.test');
assert.equal(paid.line_items.data.length, 1);

const unwanted = await open();
assert.equal((await stripe.checkout.sessions.expire(unwanted.id)).status, 'expired');
await assert.rejects(stripe.checkout.sessions.expire(unwanted.id), { type: 'StripeInvalidRequestError' });
const bySubscription = await stripe.checkout.sessions.list({ subscription: paid.subscription.id });
assert.deepEqual(bySubscription.data.map((each) => each.id), [session.id]);
assert.equal((await all(stripe.checkout.sessions.list({ limit: 1 }))).length, 2);
await assert.rejects(open({ line_items: [] }), { type: 'StripeInvalidRequestError', param: 'line_items' });
