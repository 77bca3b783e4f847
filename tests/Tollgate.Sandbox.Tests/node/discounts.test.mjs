import assert from 'node:assert/strict';
import { advance, all, customer, price, stripe } from './sandbox.mjs';

const half = await stripe.coupons.create({ percent_off: 50, duration: 'once', name: 'Half off' });
const five = await stripe.coupons.create({ id: 'FIVE', amount_off: 500, currency: 'usd', duration: 'forever' });
assert.deepEqual([half.percent_off, five.id, five.valid], [50, 'FIVE', true]);
assert.equal((await stripe.coupons.update('FIVE', { name: 'Five off' })).name, 'Five off');
assert.equal((await all(stripe.coupons.list({ limit: 1 }))).length, 2);

const code = await stripe.promotionCodes.create({
  promotion: { type: 'coupon', coupon: half.id },
  code: 'SPRING',
  max_redemptions: 1,
});
assert.deepEqual((await stripe.promotionCodes.list({ code: 'SPRING', active: true })).data.map((each) => each.id), [code.id]);

const team = await price(2000);
const owner = await customer();
const started = await stripe.subscriptions.create({
  customer: owner.id,
  items: [{ price: team.id }],
  discounts: [{ promotion_code: code.id }],
  expand: ['latest_invoice.discounts'],
});
assert.equal(started.latest_invoice.amount_paid, 1000);
assert.deepEqual(started.latest_invoice.total_discount_amounts.map((each) => each.amount), [1000]);
assert.equal(started.latest_invoice.discounts[0].promotion_code, code.id);
assert.equal((await stripe.promotionCodes.retrieve(code.id)).times_redeemed, 1);
await assert.rejects(
  stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }], discounts: [{ promotion_code: code.id }] }),
  { type: 'StripeInvalidRequestError' },
);

// Once was the first invoice; the renewal is whole, until there is another coupon.
await advance(32 * 86_400);
const whole = await stripe.subscriptions.retrieve(started.id, { expand: ['latest_invoice'] });
assert.equal(whole.latest_invoice.total, 2000);
await stripe.subscriptions.update(started.id, { discounts: [{ coupon: 'FIVE' }] });
assert.equal((await stripe.invoices.createPreview({ subscription: started.id })).total, 1500);
await stripe.subscriptions.deleteDiscount(started.id);
assert.equal((await stripe.invoices.createPreview({ subscription: started.id })).total, 2000);

assert.equal((await stripe.coupons.del('FIVE')).deleted, true);
await assert.rejects(stripe.coupons.retrieve('FIVE'), { code: 'resource_missing', statusCode: 404 });
await assert.rejects(stripe.coupons.create({ duration: 'once' }), { type: 'StripeInvalidRequestError' });
