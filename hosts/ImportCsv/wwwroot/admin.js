import { call } from '/tollgate/pages.js';
import { make, number } from './importcsv.js';

const [users, more, wrong] = ['users', 'more', 'wrong'].map((id) => document.getElementById(id));
let after = '';

more.addEventListener('click', load);
load();

async function load() {
  more.disabled = true;
  const { ok, body, message } = await call('GET', `/api/v1/admin/users?after=${encodeURIComponent(after)}`);
  more.disabled = false;
  if (!ok) {
    wrong.textContent = message;
    wrong.hidden = false;
    return;
  }
  users.append(...body.users.map(row));
  after = body.next ?? '';
  more.hidden = body.next === null;
}

function row(user) {
  const status = { past_due: 'pill warn', paused: 'pill bad', canceled: 'pill warn' }[user.status] ?? 'pill';
  const figures = [user.imports, user.rows, user.max_rows_in_single_import];
  return make(
    'tr',
    {},
    make('td', {}, user.email),
    make('td', {}, user.tier),
    make('td', {}, make('span', { className: status }, user.status.replace('_', ' '))),
    ...figures.map((figure) => make('td', { className: 'number' }, number(figure))),
  );
}
