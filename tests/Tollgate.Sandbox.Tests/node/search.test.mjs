import assert from 'node:assert/strict';
import { all, customer, price, stripe } from './sandbox.mjs';

const ada = await stripe.customers.create({ name: 'Ada Lovelace', email: 'ada@acme.test', metadata: { tenant: 'acme' } });
const eve = await stripe.customers.create({ name: "Eve O'Neill", email: 'eve@other.test' });
const found = async (query) => (await all(stripe.customers.search({ query, limit: 1 }))).map((each) => each.id);

assert.deepEqual(await found('email:"ADA@acme.test"'), [ada.id]);
assert.deepEqual(await found("name~'lovel'"), [ada.id]);
assert.deepEqual(await found('metadata["tenant"]:"acme"'), [ada.id]);
assert.deepEqual(await found('metadata["tenant"]:null'), [eve.id]);
assert.deepEqual(await found('-email:"ada@acme.test"'), [eve.id]);
assert.deepEqual(await found('email:"ada@acme.test" OR email:"eve@other.test"'), [eve.id, ada.id]);
assert.deepEqual(await found('email~"acme" AND name:"Eve"'), []);
assert.deepEqual(await found(`name:"Eve O'Neill" created>=${eve.created}`), [eve.id]);
const first = await stripe.customers.search({ query: 'created>0', limit: 1 });
assert.deepEqual([first.object, first.has_more, first.url], ['search_result', true, '/v1/customers/search']);

const refused = (query) => assert.rejects(stripe.customers.search({ query }), { statusCode: 400, param: 'query' });
for (const query of ['Ada', 'shoe:"9"', 'email:"a" AND', 'email:"a" AND name:"b" OR name:"c"', 'name~"ad"', 'name>"a"']) {
  await refused(query);
}

const team = await price(2000);
const owner = await customer();
const subscription = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }] });
const ids = (result) => result.data.map((each) => each.id);
assert.deepEqual(ids(await stripe.subscriptions.search({ query: 'status:"active"' })), [subscription.id]);
assert.deepEqual(
  ids(await stripe.invoices.search({ query: `subscription:"${subscription.id}" AND total>1000` })),
  [subscription.latest_invoice],
);
assert.deepEqual(ids(await stripe.prices.search({ query: `active:"true" AND product:"${team.product}"` })), [team.id]);
assert.deepEqual(ids(await stripe.products.search({ query: 'name~"tea"' })), [team.product]);
assert.equal((await stripe.paymentIntents.search({ query: 'amount:2000' })).data[0].status, 'succeeded');
assert.equal((await stripe.charges.search({ query: `customer:"${owner.id}"`, expand: ['data.customer'] })).data[0].customer.id, owner.id);
