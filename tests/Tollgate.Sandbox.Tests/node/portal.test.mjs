import assert from 'node:assert/strict';
import { all, stripe } from './sandbox.mjs';

const configuration = await stripe.billingPortal.configurations.create({
  business_profile: { headline: 'Acme' },
  features: {
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: 'at_period_end' },
  },
  metadata: { owner: 'tests' },
});
assert.equal(configuration.features.subscription_cancel.mode, 'at_period_end');
const changed = await stripe.billingPortal.configurations.update(configuration.id, {
  features: { invoice_history: { enabled: false } },
});
assert.equal(changed.features.invoice_history.enabled, false);
assert.equal(changed.features.payment_method_update.enabled, true);
const read = await stripe.billingPortal.configurations.retrieve(configuration.id);
assert.deepEqual([read.business_profile.headline, read.metadata.owner], ['Acme', 'tests']);
const listed = await all(stripe.billingPortal.configurations.list({ limit: 1 }));
assert.ok(listed.some((each) => each.id === configuration.id));

const owner = await stripe.customers.create({ email: 'owner@acme.test' });
const session = await stripe.billingPortal.sessions.create({
  customer: owner.id,
  configuration: configuration.id,
  return_url: 'http://localhost:8000/back',
});
assert.deepEqual([session.customer, session.configuration], [owner.id, configuration.id]);
const page = await fetch(session.url);
await page.text();
assert.equal(page.status, 200);
