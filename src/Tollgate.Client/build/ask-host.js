// The built client against a host that runs, one part of a story at a time; TypeScriptClientTests lead through it:
//   node build/ask-host.js free http://127.0.0.1:5000     writes where the checkout is
//   node build/ask-host.js paid http://127.0.0.1:5000     the card that was put there meanwhile is declined
import assert from 'node:assert/strict';
import { createTollgateClient, readProblem } from '@tollgate/client';

const [part, baseUrl] = process.argv.slice(2);
const seats = { seat_count: 9, preview: true };

const stranger = createTollgateClient({ baseUrl });
const { error: unknown } = await stranger.GET('/api/billing/status');
assert.deepEqual([unknown.status, unknown.code], [401, 'http_401']);

const Cookie = await signIn();
const billing = createTollgateClient({ baseUrl, headers: { Cookie } });
await { free, paid }[part]();

async function free() {
  const { data: status } = await billing.GET('/api/billing/status');
  const { used, limit: most } = status.limits.fixes;
  assert.deepEqual([status.kind, status.tier, used, most], ['free', 'free', 0, 5]);
  const { data: plans } = await billing.GET('/api/billing/plans');
  const team = plans.plans.find(({ id }) => id === 'team');
  assert.deepEqual(team.prices[0], { id: 'team_monthly', interval: 'month', unit_amount: 2000, currency: 'usd' });

  const runs = [];
  for (let run = 0; run < 6; run++) {
    runs.push(await fetch(`${baseUrl}/fix`, { method: 'POST', headers: { Cookie } }));
  }
  assert.deepEqual(runs.map((run) => run.status), [200, 200, 200, 200, 200, 402]);
  const limit = await readProblem(runs[5]);
  assert.deepEqual([limit.status, limit.code, limit.used, limit.limit], [402, 'free_tier_limit_reached', 5, 5]);

  const { error: none, data } = await billing.POST('/api/billing/seats', { body: seats });
  assert.deepEqual([none.status, none.code, data], [409, 'no_subscription', undefined]);

  // by the year, where more seats are charged at once
  const order = { price_id: 'team_annual', seat_count: 2 };
  const { data: checkout } = await billing.POST('/api/billing/checkout', { body: order });
  console.log(checkout.checkout_url);
}

async function paid() {
  const { data: status } = await billing.GET('/api/billing/status');
  assert.deepEqual([status.kind, status.tier, status.seats, status.features], ['paid', 'team', 2, ['rules']]);
  const { data: features } = await billing.GET('/api/billing/features');
  assert.deepEqual(features.features.find(({ feature }) => feature === 'jira').granted, false);

  const { data: preview } = await billing.POST('/api/billing/seats', { body: seats });
  assert.equal(preview.currency, 'usd');
  assert.ok(preview.due_now > 0);
  const accepted = { ...seats, preview: false, proration_date: preview.proration_date };
  const { error: declined } = await billing.POST('/api/billing/seats', { body: accepted });
  assert.deepEqual([declined.status, declined.code], [402, 'payment_declined']);
  assert.equal(declined.title, 'The payment was declined, and nothing was changed.');
}

async function signIn() {
  const body = JSON.stringify({ account: 'ann', email: 'ann@example.com', isStaff: false });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${baseUrl}/login`, { method: 'POST', headers, body });
  return answer.headers.getSetCookie()[0].split(';')[0];
}
