import assert from 'node:assert/strict';
import { client, customer, price, Stripe, stripe } from './sandbox.mjs';

const { errors } = Stripe;

// Idempotency: the same answer again, another request refused
const key = { idempotencyKey: 'make-ada' };
const first = await stripe.customers.create({ name: 'Ada' }, key);
const second = await stripe.customers.create({ name: 'Ada' }, key);
assert.equal(second.id, first.id);
assert.equal(first.lastResponse.headers['idempotent-replayed'], undefined);
assert.equal(second.lastResponse.headers['idempotent-replayed'], 'true');
assert.equal((await stripe.customers.list()).data.length, 1);
await assert.rejects(stripe.customers.create({ name: 'Eve' }, key), errors.StripeIdempotencyError);
// A refusal leaves no trace: corrected, it may be sent with the same key.
const retry = { idempotencyKey: 'make-price' };
await assert.rejects(stripe.prices.create({ unit_amount: 1 }, retry), { param: 'currency', code: 'parameter_missing' });
await stripe.prices.create({ currency: 'usd', unit_amount: 1, product_data: { name: 'A' } }, retry);

// Errors are the SDK's own types, with all that Stripe says.
const error = await stripe.customers.retrieve('cus_none').catch((caught) => caught);
assert.ok(error instanceof errors.StripeInvalidRequestError);
assert.deepEqual([error.statusCode, error.code, error.param], [404, 'resource_missing', 'id']);
assert.equal(error.requestId, error.headers['request-id']);
assert.match(error.requestId, /^req_/);
await assert.rejects(stripe.customers.create({ nmae: 'Ada' }), { code: 'parameter_unknown', param: 'nmae' });
const live = client(['sk', 'live', '0'.repeat(12)].join('_'));
await assert.rejects(live.customers.list(), errors.StripeAuthenticationError);
await assert.rejects(client('nothing').customers.list(), errors.StripeAuthenticationError);
const poor = await customer('pm_card_chargeCustomerFail');
const declined = await stripe.subscriptions
  .create({ customer: poor.id, items: [{ price: (await price()).id }], payment_behavior: 'error_if_incomplete' })
  .catch((caught) => caught);
assert.ok(declined instanceof errors.StripeCardError);
assert.equal(declined.decline_code, 'generic_decline');
await assert.rejects(stripe.rawRequest('GET', '/v1/no_such_things'), { statusCode: 404 });

// The version that a client asks for is the one that is echoed.
assert.equal(first.lastResponse.apiVersion, '2026-10-28.endive');
const older = client('sk_test_localsandbox', { apiVersion: '2025-03-31.basil' });
assert.equal((await older.customers.retrieve(first.id)).lastResponse.apiVersion, '2025-03-31.basil');
