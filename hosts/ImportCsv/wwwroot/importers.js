import { call } from '/tollgate/pages.js';
import { make, number } from './importcsv.js';
import { banners } from './plan.js';

const [list, wrong, above] = ['importers', 'wrong', 'banners'].map((id) => document.getElementById(id));

const { ok, body, message } = await call('GET', '/api/v1/importers');
if (ok) {
  list.replaceChildren(...(body.importers.length === 0 ? [empty()] : body.importers.map(card)));
} else {
  wrong.textContent = message;
  wrong.hidden = false;
}

// on one's own server there is no billing, and the call is 404
const plan = await call('GET', '/api/v1/billing/subscription');
if (plan.ok) {
  const toBilling = () => make('a', { className: 'button', href: '/settings/billing' }, 'Open billing');
  above.replaceChildren(...banners(plan.body, toBilling, toBilling));
}

function card(importer) {
  const columns = `${number(importer.columns.length)} ${importer.columns.length === 1 ? 'column' : 'columns'}`;
  const origins =
    importer.allowed_origins.length === 0 ? 'not on any page yet' : importer.allowed_origins.join(', ');
  return make(
    'article',
    { className: 'card' },
    make('h2', {}, importer.name),
    make('p', { className: 'muted' }, `${columns} · ${origins}`),
    make('code', {}, importer.key),
    make('a', { href: `/importer?key=${encodeURIComponent(importer.key)}` }, 'Edit and embed'),
  );
}

function empty() {
  return make('p', { className: 'card empty muted' }, 'No importers yet. Make the first one.');
}
