import assert from 'node:assert/strict';
import { all, stripe } from './sandbox.mjs';

const ada = await stripe.customers.create({
  name: 'Ada',
  email: 'ada@acme.test',
  address: { city: 'London', country: 'GB' },
  metadata: { tenant: 'acme', plan: 'team' },
});
assert.match(ada.id, /^cus_/);
assert.equal(ada.address.city, 'London');

const changed = await stripe.customers.update(ada.id, { name: 'Ada L.', metadata: { plan: '' } });
assert.equal(changed.name, 'Ada L.');
assert.deepEqual({ ...changed.metadata }, { tenant: 'acme' });
assert.equal((await stripe.customers.retrieve(ada.id)).email, 'ada@acme.test');

// 25 more, read in pages of ten, both ways
const made = [ada.id];
for (let count = 0; count < 25; count++) made.push((await stripe.customers.create({ name: `No. ${count}` })).id);
const listed = await all(stripe.customers.list({ limit: 10 }));
assert.deepEqual(listed.map((each) => each.id), made.toReversed());
const backwards = await all(stripe.customers.list({ limit: 10, ending_before: made[0] }));
assert.deepEqual(backwards.map((each) => each.id), made.slice(1));
assert.equal((await stripe.customers.list({ limit: 3 }).autoPagingToArray({ limit: 7 })).length, 7);
const byMail = await stripe.customers.list({ email: 'ada@acme.test' });
assert.deepEqual(byMail.data.map((each) => each.id), [ada.id]);
assert.equal((await stripe.customers.list({ created: { lt: ada.created } })).data.length, 0);

const deleted = await stripe.customers.del(ada.id);
assert.equal(deleted.deleted, true);
assert.equal((await stripe.customers.retrieve(ada.id)).deleted, true);
assert.equal((await all(stripe.customers.list({ limit: 100 }))).length, 25);
