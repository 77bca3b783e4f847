import { call, price, signIn } from '/tollgate/pages.js';
import { action, day, follow, make } from './importcsv.js';
import { banners, usageBar } from './plan.js';

const [plan, plans, wrong, above] = ['plan', 'plans', 'wrong', 'banners'].map((id) => document.getElementById(id));
const everyMs = 4000;
const offers = await call('GET', '/api/v1/billing/plans');
let shown = '';
if (!offers.ok) {
  fail(offers.message);
} else {
  keepUp();
}

// whoever comes back from Stripe sees the change as soon as it is known here
async function keepUp() {
  if (!document.hidden) {
    await load();
  }
  setTimeout(keepUp, everyMs);
}

async function load() {
  const { ok, status, body, message } = await call('GET', '/api/v1/billing/subscription');
  if (status === 401) {
    signIn();
  } else if (!ok && shown === '') {
    fail(message);
  } else if (ok && shown !== key(body)) {
    shown = key(body);
    show(body, offers.body.plans);
  }
}

// all but the clock
function key(body) {
  return JSON.stringify({ ...body, now: '' });
}

function show(now, all) {
  plan.hidden = false;
  wrong.hidden = true;
  above.replaceChildren(
    ...banners(
      now,
      () => portal('Update the payment method'),
      () => null,
    ),
  );
  const current = all.find((offer) => offer.id === now.tier);
  const hasPortal = current.amount_per_month > 0 || now.status !== 'active';
  plan.replaceChildren(
    make(
      'div',
      { className: 'row between' },
      make(
        'div',
        {},
        make('p', { className: 'muted small' }, 'Current plan'),
        make('p', { className: 'price' }, now.tier_name),
      ),
      make('span', { className: pillOf(now.status) }, now.status.replace('_', ' ')),
    ),
    usageBar(now),
    ...next(now).map((words) => make('p', {}, words)),
    ...(hasPortal ? [make('div', { className: 'row' }, portal('Manage billing', 'quiet'))] : []),
  );
  plans.replaceChildren(...all.map((offer) => card(offer, now, current)));
}

function next(now) {
  if (now.cancel_at_period_end && now.current_period_end) {
    return [`Canceled. ${now.tier_name} goes on until ${day(now.current_period_end)}.`];
  }
  return now.status === 'active' && now.current_period_end ? [`Renews on ${day(now.current_period_end)}.`] : [];
}

function card(offer, now, current) {
  const isCurrent = offer === current;
  const element = make(
    'article',
    { className: isCurrent ? 'card current' : 'card' },
    make('div', { className: 'row between' }, make('h2', {}, offer.name), ...(isCurrent ? [pill('Your plan')] : [])),
    make('p', {}, make('span', { className: 'price' }, price(offer.amount_per_month, offer.currency)), ' a month'),
    make('ul', { className: 'ticks' }, ...offer.highlights.map((line) => make('li', {}, line))),
  );
  // nothing more is put on a bill that is not paid
  const isUnpaid = ['past_due', 'paused'].includes(now.status);
  if (!isCurrent && !isUnpaid && offer.amount_per_month > 0) {
    const isMore = offer.amount_per_month > current.amount_per_month;
    element.append(isMore ? choose(offer, 'Upgrade') : choose(offer, 'Change', 'quiet'));
  }
  return element;
}

function choose(offer, verb, kind = '') {
  const button = make('button', { type: 'button', className: kind }, `${verb} to ${offer.name}`);
  return action(button, () => leave('/api/v1/billing/checkout', { tier: offer.id }), say);
}

function portal(words, kind = '') {
  const button = make('button', { type: 'button', className: kind }, words);
  return action(button, () => leave('/api/v1/billing/portal', {}), say);
}

async function leave(path, body) {
  const { ok, body: answer, message } = await call('POST', path, { body });
  return ok ? (follow(answer.url) ? null : 'That address is not Stripe\u2019s.') : message;
}

function pill(words) {
  return make('span', { className: 'pill' }, words);
}

function pillOf(status) {
  return { past_due: 'pill warn', paused: 'pill bad', canceled: 'pill warn' }[status] ?? 'pill';
}

function fail(sentence) {
  say(sentence);
  plan.hidden = true;
}

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
