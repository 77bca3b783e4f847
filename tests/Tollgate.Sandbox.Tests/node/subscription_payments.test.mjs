import assert from 'node:assert/strict';
import { advanceTo, customer, price, stripe } from './sandbox.mjs';

const hour = 3600;
const team = await price(2000);
const create = (owner, payment_behavior, more = {}) =>
  stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }], payment_behavior, ...more });

// The quickstart: an incomplete subscription, whose first invoice the browser pays by its confirmation secret.
const buyer = await stripe.customers.create({ email: 'buyer@acme.test' });
const waiting = await create(buyer, 'default_incomplete', {
  payment_settings: { save_default_payment_method: 'on_subscription' },
  expand: ['latest_invoice.confirmation_secret', 'latest_invoice.payments'],
});
assert.equal(waiting.status, 'incomplete');
const secret = waiting.latest_invoice.confirmation_secret.client_secret;
const intent = waiting.latest_invoice.payments.data[0].payment.payment_intent;
assert.equal(secret.split('_secret_')[0], intent);
await stripe.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
const active = await stripe.subscriptions.retrieve(waiting.id, { expand: ['default_payment_method'] });
assert.equal(active.status, 'active');
assert.equal(active.default_payment_method.card.last4, '4242');

const poor = await customer('pm_card_chargeCustomerFail');
await assert.rejects(create(poor, 'error_if_incomplete'), { type: 'StripeCardError', decline_code: 'generic_decline' });
assert.equal((await stripe.subscriptions.list({ customer: poor.id, status: 'all' })).data.length, 0);
const open = await create(poor, 'allow_incomplete', { expand: ['latest_invoice'] });
assert.deepEqual([open.status, open.latest_invoice.status], ['incomplete', 'open']);

// A change that cannot be paid waits, and is made once it is.
const owner = await customer();
const paid = await create(owner, 'allow_incomplete', { billing_mode: { type: 'classic' } });
assert.equal(paid.billing_mode.type, 'classic');
const broken = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: owner.id });
const good = owner.invoice_settings.default_payment_method;
const pay = (id) => stripe.customers.update(owner.id, { invoice_settings: { default_payment_method: id } });
await pay(broken.id);
const change = { items: [{ id: paid.items.data[0].id, quantity: 3 }], proration_behavior: 'always_invoice' };
const pending = await stripe.subscriptions.update(paid.id, { ...change, payment_behavior: 'pending_if_incomplete' });
assert.deepEqual([pending.items.data[0].quantity, pending.pending_update.subscription_items[0].quantity], [1, 3]);
await pay(good);
await stripe.invoices.pay(pending.latest_invoice);
const applied = await stripe.subscriptions.retrieve(paid.id);
assert.deepEqual([applied.items.data[0].quantity, applied.pending_update], [3, null]);

// A renewal fails, and a new card recovers it.
await pay(broken.id);
await advanceTo(applied.items.data[0].current_period_end + 2 * hour);
const late = await stripe.subscriptions.retrieve(paid.id, { expand: ['latest_invoice'] });
assert.deepEqual([late.status, late.latest_invoice.attempt_count], ['past_due', 1]);
assert.ok(late.latest_invoice.next_payment_attempt);
await pay(good);
await stripe.invoices.pay(late.latest_invoice.id);
assert.equal((await stripe.subscriptions.retrieve(paid.id)).status, 'active');

// Collection is paused: invoices are void, the subscription goes on.
const paused = await stripe.subscriptions.update(paid.id, { pause_collection: { behavior: 'void' } });
assert.deepEqual([paused.status, paused.pause_collection.behavior], ['active', 'void']);
await advanceTo(paused.items.data[0].current_period_end + 2 * hour);
const skipped = await stripe.subscriptions.retrieve(paid.id, { expand: ['latest_invoice'] });
assert.deepEqual([skipped.status, skipped.latest_invoice.status], ['active', 'void']);
assert.equal((await stripe.subscriptions.update(paid.id, { pause_collection: '' })).pause_collection, null);

const at = skipped.items.data[0].current_period_end - 120 * hour;
const ending = await stripe.subscriptions.update(paid.id, { cancel_at: at, proration_behavior: 'none' });
assert.equal(ending.cancel_at, at);
assert.equal((await stripe.subscriptions.update(paid.id, { cancel_at: '' })).cancel_at, null);
