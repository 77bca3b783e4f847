import assert from 'node:assert/strict';
import { all, customer, price, stripe } from './sandbox.mjs';

const owner = await customer();
const gift = await stripe.customers.createBalanceTransaction(owner.id, {
  amount: -500,
  currency: 'usd',
  description: 'Sorry',
});
assert.deepEqual([gift.type, gift.ending_balance], ['adjustment', -500]);
const started = await stripe.subscriptions.create({
  customer: owner.id,
  items: [{ price: (await price(2000)).id }],
  expand: ['latest_invoice'],
});
const first = started.latest_invoice;
assert.deepEqual([first.total, first.starting_balance, first.amount_paid], [2000, -500, 1500]);
assert.equal((await stripe.customers.retrieve(owner.id)).balance, 0);
const moves = await all(stripe.customers.listBalanceTransactions(owner.id, { limit: 1 }));
assert.deepEqual(moves.map((each) => [each.type, each.amount]), [['applied_to_invoice', 500], ['adjustment', -500]]);
assert.equal((await stripe.customers.retrieveBalanceTransaction(owner.id, moves[0].id)).invoice, first.id);

const tax = await stripe.customers.createTaxId(owner.id, { type: 'eu_vat', value: 'DE123456789' });
assert.deepEqual([tax.country, tax.customer], ['DE', owner.id]);
assert.equal((await stripe.customers.listTaxIds(owner.id)).data.length, 1);
assert.equal((await stripe.customers.deleteTaxId(owner.id, tax.id)).deleted, true);
await assert.rejects(stripe.customers.createTaxId(owner.id, { type: 'eu_vat', value: 'nonsense' }), {
  code: 'tax_id_invalid',
});
