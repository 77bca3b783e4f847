import assert from 'node:assert/strict';
import { customer, price, stripe } from './sandbox.mjs';

const [team, pro] = [await price(2000), await price(5000)];
await stripe.billingPortal.configurations.create({
  features: {
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: 'at_period_end' },
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price', 'quantity'],
      products: [team, pro].map((each) => ({ product: each.product, prices: [each.id] })),
    },
  },
});
const owner = await customer();
const subscription = await stripe.subscriptions.create({ customer: owner.id, items: [{ price: team.id }] });
const open = (flow_data) =>
  stripe.billingPortal.sessions.create({ customer: owner.id, return_url: 'http://localhost:8000/back', flow_data });
const read = async (session) => (await fetch(session.url)).text();

const after_completion = { type: 'redirect', redirect: { return_url: 'http://localhost:8000/done' } };
const cancel = await open({ type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id }, after_completion });
assert.equal(cancel.flow.subscription_cancel.subscription, subscription.id);
assert.equal(cancel.flow.after_completion.redirect.return_url, 'http://localhost:8000/done');
assert.ok((await read(cancel)).includes('Cancel plan'));

const confirm = await open({
  type: 'subscription_update_confirm',
  subscription_update_confirm: {
    subscription: subscription.id,
    items: [{ id: subscription.items.data[0].id, price: pro.id, quantity: 2 }],
  },
});
assert.equal(confirm.flow.type, 'subscription_update_confirm');
assert.ok((await read(confirm)).includes('$100.00'), 'two at 50 dollars');
const card = await open({ type: 'payment_method_update' });
assert.ok((await read(card)).includes('Card number'));

const stranger = await customer();
await assert.rejects(
  stripe.billingPortal.sessions.create({
    customer: stranger.id,
    flow_data: { type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id } },
  }),
  { type: 'StripeInvalidRequestError', param: 'flow_data[subscription_cancel][subscription]' },
);
