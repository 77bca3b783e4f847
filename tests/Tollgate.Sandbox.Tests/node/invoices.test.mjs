import assert from 'node:assert/strict';
import { all, customer, stripe } from './sandbox.mjs';

const owner = await customer();
for (let count = 1; count <= 12; count++) {
  const description = `No. ${count}`;
  await stripe.invoiceItems.create({ customer: owner.id, amount: count * 100, currency: 'usd', description });
}
assert.equal((await all(stripe.invoiceItems.list({ customer: owner.id, pending: true, limit: 5 }))).length, 12);
const [newest] = (await stripe.invoiceItems.list({ customer: owner.id, limit: 1 })).data;
assert.equal((await stripe.invoiceItems.update(newest.id, { amount: 50 })).amount, 50);
assert.equal((await stripe.invoiceItems.del(newest.id)).deleted, true);

const draft = await stripe.invoices.create({ customer: owner.id, pending_invoice_items_behavior: 'include' });
assert.deepEqual([draft.status, draft.total, draft.lines.data.length, draft.lines.has_more], ['draft', 6600, 10, true]);
assert.equal((await all(stripe.invoices.listLineItems(draft.id, { limit: 4 }))).length, 11);
assert.equal((await stripe.invoices.update(draft.id, { description: 'Extras' })).description, 'Extras');
const open = await stripe.invoices.finalizeInvoice(draft.id);
assert.equal(open.status, 'open');
assert.ok(open.number);
const paid = await stripe.invoices.pay(draft.id);
assert.deepEqual([paid.status, paid.amount_paid, paid.amount_remaining], ['paid', 6600, 0]);
await assert.rejects(stripe.invoices.pay(draft.id), { type: 'StripeInvalidRequestError' });
const [payment] = (await stripe.invoicePayments.list({ invoice: draft.id })).data;
assert.equal(payment.amount_paid, 6600);
const intent = await stripe.invoicePayments.retrieve(payment.id, { expand: ['payment.payment_intent'] });
assert.equal(intent.payment.payment_intent.status, 'succeeded');

await stripe.invoiceItems.create({ customer: owner.id, amount: 700, currency: 'usd' });
const second = await stripe.invoices.create({ customer: owner.id, pending_invoice_items_behavior: 'include' });
await stripe.invoices.finalizeInvoice(second.id, { auto_advance: false });
assert.equal((await stripe.invoices.voidInvoice(second.id)).status, 'void');
const settled = await stripe.invoices.list({ customer: owner.id, status: 'paid' });
assert.deepEqual(settled.data.map((each) => each.id), [draft.id]);
assert.equal((await all(stripe.invoices.list({ customer: owner.id, limit: 1 }))).length, 2);

const poor = await customer('pm_card_chargeCustomerFail');
await stripe.invoiceItems.create({ customer: poor.id, amount: 900, currency: 'usd' });
const unpaid = await stripe.invoices.create({ customer: poor.id, pending_invoice_items_behavior: 'include' });
await assert.rejects(stripe.invoices.pay(unpaid.id), { type: 'StripeCardError', code: 'card_declined' });
const after = await stripe.invoices.retrieve(unpaid.id);
assert.deepEqual([after.status, after.attempt_count, after.amount_remaining], ['open', 1, 900]);
