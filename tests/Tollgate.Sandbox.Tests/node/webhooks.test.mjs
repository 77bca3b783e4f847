import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { all, Stripe, stripe } from './sandbox.mjs';

const received = [];
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  received.push({ body: Buffer.concat(parts), signature: request.headers['stripe-signature'] });
  response.end('ok');
  server.emit('received');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const endpoint = await stripe.webhookEndpoints.create({
  url: `http://127.0.0.1:${server.address().port}/hooks`,
  enabled_events: ['customer.created'],
  description: 'tests',
});
assert.equal((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret, undefined);
assert.equal((await all(stripe.webhookEndpoints.list({ limit: 1 }))).length, 1);

const arrival = once(server, 'received');
const ada = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'ada-1' });
await arrival;
const [{ body, signature }] = received;
const event = stripe.webhooks.constructEvent(body, signature, endpoint.secret);
assert.equal(event.type, 'customer.created');
assert.deepEqual([event.data.object.id, event.request.idempotency_key], [ada.id, 'ada-1']);
const asynchronous = await stripe.webhooks.constructEventAsync(body, signature, endpoint.secret);
assert.equal(asynchronous.id, event.id);
const forged = Buffer.from(body.toString().replace('Ada', 'Eve'));
const refused = Stripe.errors.StripeSignatureVerificationError;
assert.throws(() => stripe.webhooks.constructEvent(forged, signature, endpoint.secret), refused);
assert.throws(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other'), refused);

assert.equal((await stripe.events.retrieve(event.id)).data.object.name, 'Ada');
await stripe.customers.update(ada.id, { name: 'Ada L.' });
const [update] = (await stripe.events.list({ types: ['customer.updated'] })).data;
assert.equal(update.data.previous_attributes.name, 'Ada');
assert.equal((await all(stripe.events.list({ limit: 1 }))).length, 2);

const moved = await stripe.webhookEndpoints.update(endpoint.id, { enabled_events: ['*'], disabled: true });
assert.equal(moved.status, 'disabled');
assert.equal((await stripe.webhookEndpoints.del(endpoint.id)).deleted, true);
server.close();
server.closeAllConnections();
