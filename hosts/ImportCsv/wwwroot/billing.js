import { call } from '/tollgate/pages.js';
import { action, day, follow, make } from './importcsv.js';
import { banners, usageBar } from './plan.js';

const [plan, plans, wrong, above] = ['plan', 'plans', 'wrong', 'banners'].map((id) => document.getElementById(id));
const [subscription, offers] = await Promise.all([
  call('GET', '/api/v1/billing/subscription'),
  call('GET', '/api/v1/billing/plans'),
]);
if (!subscription.ok || !offers.ok) {
  say(subscription.ok ? offers.message : subscription.message);
  plan.hidden = true;
} else {
  show(subscription.body, offers.body.plans);
}

function show(now, all) {
  above.replaceChildren(
    ...banners(
      now,
      () => portal('Update the payment method'),
      () => null,
    ),
  );
  const isPaid = now.tier !== all[0].id;
  const hasPortal = isPaid || now.status !== 'active';
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
  plans.replaceChildren(...all.map((offer) => card(offer, now, isPaid)));
}

function next(now) {
  if (now.cancel_at_period_end && now.current_period_end) {
    return [`Canceled. ${now.tier_name} goes on until ${day(now.current_period_end)}.`];
  }
  return now.status === 'active' && now.current_period_end ? [`Renews on ${day(now.current_period_end)}.`] : [];
}

function card(offer, now, isPaid) {
  const isCurrent = offer.id === now.tier;
  const element = make(
    'article',
    { className: isCurrent ? 'card current' : 'card' },
    make('div', { className: 'row between' }, make('h2', {}, offer.name), ...(isCurrent ? [pill('Your plan')] : [])),
    make('p', {}, make('span', { className: 'price' }, `$${offer.amount_per_month / 100}`), ' a month'),
    make('ul', { className: 'ticks' }, ...offer.highlights.map((line) => make('li', {}, line))),
  );
  if (!isCurrent && offer.amount_per_month > 0) {
    // who has a subscription changes it on Stripe's page instead of paying twice
    element.append(isPaid || now.status === 'paused' ? portal(`Change to ${offer.name}`) : checkout(offer));
  }
  return element;
}

function checkout(offer) {
  const button = make('button', { type: 'button' }, `Upgrade to ${offer.name}`);
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

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
