import assert from 'node:assert/strict';
import { Stripe, all, price, stripe } from './sandbox.mjs';

const clocks = stripe.testHelpers.testClocks;
const april = 1775001600;
const clock = await clocks.create({ frozen_time: april, name: 'Renewals' });
assert.deepEqual([clock.status, clock.frozen_time, clock.deletes_after - clock.created], ['ready', april, 30 * 86_400]);
const owner = await stripe.customers.create({
  test_clock: clock.id,
  payment_method: 'pm_card_visa',
  invoice_settings: { default_payment_method: 'pm_card_visa' },
  expand: ['test_clock'],
});
assert.equal(owner.test_clock.name, 'Renewals');

const team = await price(2000);
const started = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }] });
assert.deepEqual([started.test_clock, started.created, started.status], [clock.id, april, 'active']);
assert.equal((await all(stripe.subscriptions.list({ test_clock: clock.id }))).length, 1);
assert.equal((await all(stripe.customers.list({ test_clock: clock.id }))).length, 1);

const end = started.items.data[0].current_period_end;
assert.equal((await clocks.advance(clock.id, { frozen_time: end + 3600 })).status, 'advancing');
let arrived = await clocks.retrieve(clock.id);
while (arrived.status === 'advancing') arrived = await clocks.retrieve(clock.id);
assert.deepEqual([arrived.status, arrived.frozen_time], ['ready', end + 3600]);
const renewed = await stripe.subscriptions.retrieve(started.id, { expand: ['latest_invoice'] });
assert.deepEqual([renewed.latest_invoice.status, renewed.latest_invoice.created], ['paid', end]);

await assert.rejects(
  clocks.advance(clock.id, { frozen_time: april }),
  (error) => error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'frozen_time',
);
assert.equal((await clocks.del(clock.id)).deleted, true);
assert.equal((await stripe.subscriptions.retrieve(started.id)).status, 'canceled');
assert.equal((await all(clocks.list())).length, 0);
