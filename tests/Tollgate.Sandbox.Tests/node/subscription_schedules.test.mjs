import assert from 'node:assert/strict';
import { Stripe, advance, all, customer, price, stripe } from './sandbox.mjs';

const schedules = stripe.subscriptionSchedules;
const day = 86_400;
const [monthly, yearly] = [await price(2000), await price(20_000, 'year')];
const owner = await customer();
const started = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: monthly.id, quantity: 2 }] });

// Month to year at the period's end
const schedule = await schedules.create({ from_subscription: started.id });
const [present] = schedule.phases;
const planned = await schedules.update(schedule.id, {
  end_behavior: 'release',
  phases: [
    { items: [{ price: monthly.id, quantity: 2 }], start_date: present.start_date, end_date: present.end_date },
    {
      items: [{ price: yearly.id, quantity: 2 }],
      duration: { interval: 'year', interval_count: 1 },
      proration_behavior: 'none',
    },
  ],
  expand: ['phases.items.price', 'subscription'],
});
assert.deepEqual(planned.phases.map((phase) => phase.items[0].price.recurring.interval), ['month', 'year']);
assert.equal(planned.subscription.schedule, schedule.id);
const preview = await stripe.invoices.createPreview({ schedule: schedule.id });
assert.equal(preview.total, 40_000);
await advance(32 * day);
const renewed = await stripe.subscriptions.retrieve(started.id, { expand: ['latest_invoice', 'schedule'] });
assert.equal(renewed.items.data[0].price.id, yearly.id);
assert.deepEqual([renewed.latest_invoice.status, renewed.latest_invoice.total], ['paid', 40_000]);
assert.equal(renewed.schedule.current_phase.start_date, present.end_date);
const released = await schedules.release(schedule.id);
assert.deepEqual([released.status, released.released_subscription], ['released', started.id]);
assert.equal((await stripe.subscriptions.retrieve(started.id)).schedule, null);

// From the first phase on
const phases = [
  { items: [{ price: monthly.id }], duration: { interval: 'month', interval_count: 3 }, metadata: { step: 'one' } },
  { items: [{ price: monthly.id, quantity: 2 }], duration: { interval: 'month', interval_count: 1 } },
];
const running = await schedules.create({ customer: owner.id, start_date: 'now', end_behavior: 'cancel', phases });
assert.deepEqual([running.status, running.phases.length], ['active', 2]);
const subscription = await stripe.subscriptions.retrieve(running.subscription);
assert.deepEqual([subscription.cancel_at, subscription.metadata.step], [running.phases[1].end_date, 'one']);
await assert.rejects(
  stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
  (error) => error instanceof Stripe.errors.StripeInvalidRequestError && error.message.includes(running.id),
);
assert.equal((await schedules.cancel(running.id)).status, 'canceled');
assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled');

const later = Math.floor(Date.now() / 1000) + 400 * day;
const waiting = await schedules.create({ customer: owner.id, start_date: later, phases });
assert.deepEqual([waiting.status, waiting.subscription], ['not_started', null]);
assert.deepEqual((await all(schedules.list({ scheduled: true }))).map((each) => each.id), [waiting.id]);
assert.equal((await schedules.retrieve(waiting.id)).phases[0].start_date, later);
