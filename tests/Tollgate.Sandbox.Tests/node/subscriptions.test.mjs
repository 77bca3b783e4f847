import assert from 'node:assert/strict';
import { advance, all, customer, price, stripe } from './sandbox.mjs';

const day = 86_400;
const [team, pro] = [await price(2000), await price(5000)];
const owner = await customer();
const started = await stripe.subscriptions.create({
  customer: owner.id,
  items: [{ price: team.id, quantity: 3 }],
  metadata: { tenant: 'acme' },
  expand: ['latest_invoice.payments', 'customer'],
});
assert.deepEqual([started.status, started.latest_invoice.amount_paid], ['active', 6000]);
assert.equal(started.latest_invoice.payments.data[0].status, 'paid');
assert.equal(started.customer.id, owner.id);
const [item] = started.items.data;

const change = { items: [{ id: item.id, price: pro.id, quantity: 3 }], proration_behavior: 'always_invoice' };
await advance(10 * day);
const preview = await stripe.invoices.createPreview({ subscription: started.id, subscription_details: change });
const changed = await stripe.subscriptions.update(started.id, { ...change, expand: ['latest_invoice'] });
assert.equal(changed.items.data[0].price.id, pro.id);
const update = changed.latest_invoice;
assert.deepEqual([update.billing_reason, update.status], ['subscription_update', 'paid']);
// A second may pass between the two.
assert.ok(Math.abs(update.total - preview.total) <= 1, `${update.total} ${preview.total}`);

const ending = await stripe.subscriptions.update(started.id, { cancel_at_period_end: true });
assert.equal(ending.cancel_at_period_end, true);
assert.equal((await stripe.subscriptions.update(started.id, { cancel_at_period_end: false })).cancel_at, null);

// Over the boundary and the hour of the draft
const end = item.current_period_end;
await advance(31 * day);
const renewed = await stripe.subscriptions.retrieve(started.id, { expand: ['latest_invoice'] });
assert.ok(renewed.items.data[0].current_period_start >= end);
assert.deepEqual([renewed.latest_invoice.billing_reason, renewed.latest_invoice.total], ['subscription_cycle', 15000]);

const second = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }] });
assert.equal((await all(stripe.subscriptions.list({ customer: owner.id, limit: 1 }))).length, 2);
const canceled = await stripe.subscriptions.cancel(second.id, { cancellation_details: { feedback: 'unused' } });
assert.deepEqual([canceled.status, canceled.cancellation_details.feedback], ['canceled', 'unused']);
assert.equal((await stripe.subscriptions.list({ customer: owner.id })).data.length, 1);
assert.equal((await stripe.subscriptions.list({ customer: owner.id, status: 'canceled' })).data.length, 1);

const incomplete = await stripe.subscriptions.create({
  customer: (await customer('pm_card_threeDSecure2Required')).id,
  items: [{ price: team.id }],
  payment_behavior: 'default_incomplete',
});
assert.equal(incomplete.status, 'incomplete');
await advance(day);
assert.equal((await stripe.subscriptions.retrieve(incomplete.id)).status, 'incomplete_expired');
