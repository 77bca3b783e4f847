import assert from 'node:assert/strict';
import { advance, customer, price, stripe } from './sandbox.mjs';

const day = 86_400;
const team = await price(2000);
const pause = { trial_settings: { end_behavior: { missing_payment_method: 'pause' } } };

const payer = await customer();
const trial = await stripe.subscriptions.create({
  customer: payer.id,
  items: [{ price: team.id }],
  trial_period_days: 14,
  expand: ['latest_invoice'],
});
assert.deepEqual([trial.status, trial.latest_invoice.total, trial.latest_invoice.status], ['trialing', 0, 'paid']);
assert.equal(trial.trial_end - trial.trial_start, 14 * day);
await advance(11 * day + 60);
const warned = await stripe.events.list({ type: 'customer.subscription.trial_will_end' });
assert.deepEqual(warned.data.map((each) => each.data.object.id), [trial.id]);
const ended = await stripe.subscriptions.update(trial.id, { trial_end: 'now', expand: ['latest_invoice'] });
assert.deepEqual([ended.status, ended.latest_invoice.amount_paid], ['active', 2000]);

// Without a card the trial ends in a pause, and the first period begins when it is resumed.
const guest = await stripe.customers.create({ email: 'guest@acme.test' });
const free = await stripe.subscriptions.create({
  customer: guest.id,
  items: [{ price: team.id }],
  trial_period_days: 7,
  ...pause,
});
await advance(7 * day + 60);
assert.equal((await stripe.subscriptions.retrieve(free.id)).status, 'paused');
const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: guest.id });
await stripe.customers.update(guest.id, { invoice_settings: { default_payment_method: card.id } });
const resumed = await stripe.subscriptions.resume(free.id, { billing_cycle_anchor: { type: 'now' } });
assert.equal(resumed.status, 'active');
assert.equal((await stripe.events.list({ type: 'customer.subscription.resumed' })).data.length, 1);

// So it does when the trial is ended at once.
const second = await stripe.subscriptions.create({
  customer: (await stripe.customers.create()).id,
  items: [{ price: team.id }],
  trial_period_days: 7,
  ...pause,
});
assert.equal((await stripe.subscriptions.update(second.id, { trial_end: 'now' })).status, 'paused');
assert.equal((await stripe.events.list({ type: 'customer.subscription.paused' })).data.length, 2);

const canceling = await stripe.subscriptions.create({
  customer: (await stripe.customers.create()).id,
  items: [{ price: team.id }],
  trial_period_days: 1,
  trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
});
await advance(day + 60);
assert.equal((await stripe.subscriptions.retrieve(canceling.id)).status, 'canceled');
