import assert from 'node:assert/strict';
import { all, stripe } from './sandbox.mjs';

const product = await stripe.products.create({
  id: 'prod_team',
  name: 'Team',
  metadata: { code: 'team' },
  default_price_data: { currency: 'usd', unit_amount: 2900, recurring: { interval: 'month' } },
  expand: ['default_price'],
});
assert.equal(product.id, 'prod_team');
assert.equal(product.default_price.unit_amount, 2900);

const monthly = await stripe.prices.create({
  product: product.id,
  currency: 'usd',
  unit_amount: 3000,
  recurring: { interval: 'month' },
  lookup_key: 'team_monthly',
});
const yearly = await stripe.prices.create({
  product_data: { name: 'Yearly' },
  currency: 'usd',
  unit_amount: 30000,
  recurring: { interval: 'year' },
});
const found = await stripe.prices.list({ lookup_keys: ['team_monthly'], expand: ['data.product'] });
assert.deepEqual(found.data.map((each) => [each.id, each.product.name]), [[monthly.id, 'Team']]);
const next = await stripe.prices.create({
  product: product.id,
  currency: 'usd',
  unit_amount: 3100,
  recurring: { interval: 'month' },
  lookup_key: 'team_monthly',
  transfer_lookup_key: true,
});
assert.equal((await stripe.prices.list({ lookup_keys: ['team_monthly'] })).data[0].id, next.id);
assert.equal((await stripe.prices.retrieve(monthly.id)).lookup_key, null);

const archived = await stripe.prices.update(monthly.id, { active: false, nickname: 'old' });
assert.equal(archived.active, false);
assert.equal((await stripe.prices.list({ product: product.id, active: true })).data.length, 2);
assert.equal((await all(stripe.prices.list({ limit: 1 }))).length, 4);

await stripe.products.update(product.id, { default_price: next.id, description: 'For teams' });
assert.equal((await stripe.products.retrieve(product.id)).default_price, next.id);
assert.deepEqual((await stripe.products.list({ ids: [yearly.product] })).data.map((each) => each.name), ['Yearly']);

// A product with prices stays; one without goes.
await assert.rejects(stripe.products.del(product.id), { type: 'StripeInvalidRequestError' });
const empty = await stripe.products.create({ name: 'Nothing' });
assert.equal((await stripe.products.del(empty.id)).deleted, true);
await assert.rejects(stripe.products.retrieve(empty.id), { code: 'resource_missing', statusCode: 404 });
