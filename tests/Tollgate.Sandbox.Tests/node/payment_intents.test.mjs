import assert from 'node:assert/strict';
import { all, customer, stripe } from './sandbox.mjs';

const owner = await customer();
const card = owner.invoice_settings.default_payment_method;
const usd = { currency: 'usd', customer: owner.id };

const waiting = await stripe.paymentIntents.create({ ...usd, amount: 1200, automatic_payment_methods: { enabled: true } });
assert.equal(waiting.status, 'requires_payment_method');
assert.match(waiting.client_secret, new RegExp(`^${waiting.id}_secret_`));
await stripe.paymentIntents.update(waiting.id, { amount: 1500, metadata: { order: '7' } });
const paid = await stripe.paymentIntents.confirm(waiting.id, { payment_method: card, expand: ['latest_charge'] });
assert.deepEqual([paid.status, paid.amount_received, paid.latest_charge.amount], ['succeeded', 1500, 1500]);
await assert.rejects(stripe.paymentIntents.confirm(waiting.id), { code: 'payment_intent_unexpected_state' });

const held = await stripe.paymentIntents.create({
  ...usd,
  amount: 900,
  capture_method: 'manual',
  payment_method: card,
  confirm: true,
});
assert.deepEqual([held.status, held.amount_capturable], ['requires_capture', 900]);
const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 600 });
assert.deepEqual([captured.status, captured.amount_received], ['succeeded', 600]);

const unwanted = await stripe.paymentIntents.create({ ...usd, amount: 100 });
const canceled = await stripe.paymentIntents.cancel(unwanted.id, { cancellation_reason: 'abandoned' });
assert.deepEqual([canceled.status, canceled.cancellation_reason], ['canceled', 'abandoned']);

const declined = stripe.paymentIntents.create({
  amount: 100,
  currency: 'usd',
  payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  confirm: true,
  return_url: 'http://localhost:8000/back',
});
await assert.rejects(declined, (error) => {
  assert.deepEqual([error.type, error.statusCode], ['StripeCardError', 402]);
  assert.deepEqual([error.code, error.decline_code], ['card_declined', 'insufficient_funds']);
  assert.equal(error.payment_intent.status, 'requires_payment_method');
  return true;
});
assert.equal((await all(stripe.paymentIntents.list({ customer: owner.id, limit: 1 }))).length, 3);

// 3D Secure: the browser is sent to the bank's page, and comes back.
const asked = await stripe.paymentIntents.create({
  amount: 2000,
  currency: 'usd',
  payment_method: 'pm_card_threeDSecure2Required',
  confirm: true,
  return_url: 'http://localhost:8000/back',
});
assert.deepEqual([asked.status, asked.next_action.type], ['requires_action', 'redirect_to_url']);
const bank = await fetch(asked.next_action.redirect_to_url.url, {
  method: 'POST',
  body: new URLSearchParams({ outcome: 'pass' }),
});
assert.ok((await bank.text()).includes('redirect_status=succeeded'));
assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, 'succeeded');

// Refunds: in parts, up to what was paid.
const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 500, reason: 'requested_by_customer' });
assert.deepEqual([part.status, part.amount, part.charge], ['succeeded', 500, paid.latest_charge.id]);
await assert.rejects(stripe.refunds.create({ charge: part.charge, amount: 1001 }), { type: 'StripeInvalidRequestError' });
await stripe.refunds.create({ charge: part.charge });
const refunded = await stripe.charges.retrieve(part.charge);
assert.deepEqual([refunded.refunded, refunded.amount_refunded], [true, 1500]);
await assert.rejects(stripe.refunds.create({ charge: part.charge }), { code: 'charge_already_refunded' });
assert.equal((await all(stripe.refunds.list({ charge: part.charge, limit: 1 }))).length, 2);
assert.equal((await stripe.refunds.update(part.id, { metadata: { by: 'Ada' } })).metadata.by, 'Ada');
assert.equal((await stripe.refunds.retrieve(part.id)).metadata.by, 'Ada');
