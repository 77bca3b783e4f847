import assert from 'node:assert/strict';
import { all, customer, price, stripe } from './sandbox.mjs';

const owner = await stripe.customers.create({ email: 'owner@acme.test' });
const attached = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: owner.id });
assert.deepEqual([attached.card.brand, attached.card.last4, attached.customer], ['mastercard', '4444', owner.id]);
const made = await stripe.paymentMethods.create({
  type: 'card',
  card: { token: 'tok_visa' },
  billing_details: { name: 'Ada' },
});
assert.equal(made.customer, null);
await stripe.paymentMethods.attach(made.id, { customer: owner.id });
assert.equal((await all(stripe.paymentMethods.list({ customer: owner.id, type: 'card', limit: 1 }))).length, 2);
assert.equal((await stripe.customers.listPaymentMethods(owner.id)).data.length, 2);
assert.equal((await stripe.customers.retrievePaymentMethod(owner.id, made.id)).id, made.id);
const renamed = await stripe.paymentMethods.update(made.id, { billing_details: { name: 'Grace' } });
assert.equal(renamed.billing_details.name, 'Grace');
assert.equal((await stripe.paymentMethods.detach(made.id)).customer, null);
assert.equal((await stripe.paymentMethods.retrieve(made.id)).customer, null);

const declined = { type: 'StripeCardError', code: 'card_declined', statusCode: 402 };
await assert.rejects(stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer: owner.id }), {
  ...declined,
  decline_code: 'generic_decline',
});

// Payment intents and charges come into being by invoices.
const payer = await customer();
await stripe.subscriptions.create({ customer: payer.id, items: [{ price: (await price(4200)).id }] });
const [intent] = (await stripe.paymentIntents.list({ customer: payer.id, expand: ['data.latest_charge'] })).data;
assert.deepEqual([intent.status, intent.amount, intent.latest_charge.paid], ['succeeded', 4200, true]);
assert.equal((await stripe.paymentIntents.retrieve(intent.id)).amount_received, 4200);
const charges = await stripe.charges.list({ payment_intent: intent.id });
assert.equal((await stripe.charges.retrieve(charges.data[0].id)).payment_method_details.card.last4, '4242');

const poor = await customer('pm_card_chargeCustomerFail');
await assert.rejects(
  stripe.subscriptions.create({
    customer: poor.id,
    items: [{ price: (await price()).id }],
    payment_behavior: 'error_if_incomplete',
  }),
  declined,
);
assert.equal((await stripe.subscriptions.list({ customer: poor.id, status: 'all' })).data.length, 0);
