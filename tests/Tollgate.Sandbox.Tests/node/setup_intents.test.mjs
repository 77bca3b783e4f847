import assert from 'node:assert/strict';
import { all, stripe } from './sandbox.mjs';

const owner = await stripe.customers.create({ email: 'owner@acme.test' });
const intent = await stripe.setupIntents.create({ customer: owner.id, usage: 'off_session' });
assert.equal(intent.status, 'requires_payment_method');
const done = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa', expand: ['payment_method'] });
assert.deepEqual([done.status, done.payment_method.customer], ['succeeded', owner.id]);
await stripe.customers.update(owner.id, { invoice_settings: { default_payment_method: done.payment_method.id } });

const refused = stripe.setupIntents.create({ customer: owner.id, payment_method: 'pm_card_chargeDeclined', confirm: true });
await assert.rejects(refused, (error) => {
  assert.deepEqual([error.statusCode, error.code, error.decline_code], [402, 'card_declined', 'generic_decline']);
  assert.equal(error.setup_intent.status, 'requires_payment_method');
  return true;
});
const asking = await stripe.setupIntents.create({
  customer: owner.id,
  payment_method: 'pm_card_authenticationRequiredOnSetup',
  confirm: true,
});
assert.equal(asking.status, 'requires_action');
const canceled = await stripe.setupIntents.cancel(asking.id, { cancellation_reason: 'abandoned' });
assert.deepEqual([canceled.status, canceled.next_action], ['canceled', null]);
await assert.rejects(stripe.setupIntents.confirm(asking.id), { code: 'setup_intent_unexpected_state' });
assert.equal((await all(stripe.setupIntents.list({ customer: owner.id, limit: 1 }))).length, 3);
assert.equal((await stripe.setupIntents.update(refusedId(await stripe.setupIntents.list({ limit: 3 })), {
  description: 'Second try',
})).description, 'Second try');

function refusedId(list) {
  return list.data.find((each) => each.status === 'requires_payment_method').id;
}
