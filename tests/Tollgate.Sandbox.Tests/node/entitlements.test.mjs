import assert from 'node:assert/strict';
import { all, customer, price, stripe } from './sandbox.mjs';

const sso = await stripe.entitlements.features.create({ name: 'Single sign-on', lookup_key: 'sso' });
const audit = await stripe.entitlements.features.create({ name: 'Audit', lookup_key: 'audit' });
assert.equal((await stripe.entitlements.features.retrieve(sso.id)).lookup_key, 'sso');
assert.equal((await stripe.entitlements.features.list({ lookup_key: 'audit' })).data[0].id, audit.id);
await stripe.entitlements.features.update(audit.id, { name: 'Audit log' });
await assert.rejects(stripe.entitlements.features.create({ name: 'Again', lookup_key: 'sso' }), {
  type: 'StripeInvalidRequestError',
  param: 'lookup_key',
});

const product = await stripe.products.create({ name: 'Team' });
const linked = await stripe.products.createFeature(product.id, { entitlement_feature: sso.id });
const other = await stripe.products.createFeature(product.id, { entitlement_feature: audit.id });
assert.equal((await all(stripe.products.listFeatures(product.id, { limit: 1 }))).length, 2);
assert.equal((await stripe.products.retrieveFeature(product.id, linked.id)).entitlement_feature.id, sso.id);
await stripe.products.deleteFeature(product.id, other.id);

const owner = await customer();
const list = () => stripe.entitlements.activeEntitlements.list({ customer: owner.id, expand: ['data.feature'] });
assert.equal((await list()).data.length, 0);
const subscription = await stripe.subscriptions.create({
  customer: owner.id,
  items: [{ price: (await price(2000, 'month', product.id)).id }],
});
const [active] = (await list()).data;
assert.deepEqual([active.lookup_key, active.feature.name], ['sso', 'Single sign-on']);
assert.equal((await stripe.entitlements.activeEntitlements.retrieve(active.id)).feature, sso.id);
await stripe.subscriptions.cancel(subscription.id);
assert.equal((await list()).data.length, 0);
const summaries = await stripe.events.list({ type: 'entitlements.active_entitlement_summary.updated' });
assert.deepEqual(summaries.data.map((each) => each.data.object.entitlements.data.length), [0, 1]);
