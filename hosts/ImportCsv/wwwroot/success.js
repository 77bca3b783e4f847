import { call } from '/tollgate/pages.js';
import { make } from './importcsv.js';

const patienceMs = 120_000;
const everyMs = 2000;
const progress = document.getElementById('progress');
const began = performance.now();
const session = new URLSearchParams(location.search).get('session_id') ?? '';

const found = await call('GET', `/api/v1/billing/success?session_id=${encodeURIComponent(session)}`);
if (found.ok) {
  poll();
} else {
  show('That checkout is not known', found.message);
}

async function poll() {
  const { ok, body } = await call('GET', '/api/v1/billing/subscription');
  if (ok && body.tier !== 'free' && body.status === 'active') {
    show(`You\u2019re on ${body.tier_name}`, 'Everything in the plan works from now on.');
  } else if (performance.now() - began > patienceMs) {
    show('It takes longer than usual', 'Your payment is safe. Look again in a few minutes.');
  } else {
    setTimeout(poll, everyMs);
  }
}

function show(heading, words) {
  progress.replaceChildren(make('h2', {}, heading), make('p', {}, words));
}
