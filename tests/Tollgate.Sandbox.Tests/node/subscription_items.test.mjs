import assert from 'node:assert/strict';
import { all, customer, price, stripe } from './sandbox.mjs';

const [team, storage] = [await price(2000), await price(500)];
const owner = await customer();
const started = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id, quantity: 2 }] });
const added = await stripe.subscriptionItems.create({
  subscription: started.id,
  price: storage.id,
  quantity: 10,
  proration_behavior: 'always_invoice',
  metadata: { unit: 'GB' },
});
assert.deepEqual([added.subscription, added.quantity, added.metadata.unit], [started.id, 10, 'GB']);
const billed = await stripe.invoices.list({ subscription: started.id, limit: 1 });
assert.equal(billed.data[0].billing_reason, 'subscription_update');
assert.equal((await all(stripe.subscriptionItems.list({ subscription: started.id, limit: 1 }))).length, 2);

// A change of price sets the quantity to one unless it is named.
const pro = await price(5000);
const [seat] = started.items.data;
const kept = await stripe.subscriptionItems.update(seat.id, { price: pro.id, quantity: 2 });
assert.deepEqual([kept.price.id, kept.quantity], [pro.id, 2]);
assert.equal((await stripe.subscriptionItems.update(seat.id, { price: team.id })).quantity, 1);
assert.equal((await stripe.subscriptionItems.retrieve(added.id)).price.id, storage.id);

assert.equal((await stripe.subscriptionItems.del(added.id, { proration_behavior: 'none' })).deleted, true);
await assert.rejects(stripe.subscriptionItems.del(seat.id), { type: 'StripeInvalidRequestError' });
const left = await stripe.subscriptions.retrieve(started.id);
assert.deepEqual(left.items.data.map((each) => each.price.id), [team.id]);
const prorations = await stripe.invoiceItems.list({ customer: owner.id, pending: true });
assert.ok(prorations.data.length > 0 && prorations.data.every((each) => each.proration));
