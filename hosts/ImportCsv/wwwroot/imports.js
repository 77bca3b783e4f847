import { call } from '/tollgate/pages.js';
import { action, day, make, number } from './importcsv.js';

const [list, wrong, errors] = ['imports', 'wrong', 'errors'].map((id) => document.getElementById(id));
const heads = ['File', 'Importer', 'On', 'State', 'Rows', 'Taken', 'Result', 'Delete'];

const rows = make('tbody', {});
const older = make('button', { type: 'button', className: 'quiet', hidden: true }, 'Show older ones');
let before = '';
older.addEventListener('click', show);
show();

async function show() {
  const { ok, body, message } = await call('GET', `/api/v1/imports${before}`);
  if (!ok) {
    say(message);
    return;
  }
  if (before === '') {
    const head = make('tr', {}, ...heads.map((name) => make('th', { scope: 'col' }, name)));
    const table = make('div', { className: 'card table' }, make('table', {}, make('thead', {}, head), rows));
    const none = make('p', { className: 'card empty muted' }, 'Nothing was imported yet.');
    list.replaceChildren(body.imports.length === 0 ? none : table, older);
  }
  rows.append(...body.imports.map(row));
  before = `?before=${body.next}`;
  older.hidden = body.next === null;
}

function row(entry) {
  const hasErrors = entry.error_count > 0;
  const state = make(
    'span',
    { className: hasErrors ? 'pill warn' : 'pill' },
    hasErrors ? `${number(entry.error_count)} ${entry.error_count === 1 ? 'error' : 'errors'}` : 'completed',
  );
  const shown = hasErrors ? make('button', { type: 'button', className: 'plain' }, state) : state;
  if (hasErrors) {
    shown.addEventListener('click', () => showErrors(entry));
  }
  const gone = make('button', { type: 'button', className: 'plain', ariaLabel: `Delete ${entry.file_name}` }, 'Delete');
  const cells = [
    entry.file_name,
    make('code', {}, entry.importer_key),
    day(entry.at),
    make('div', { className: 'row' }, shown, ...callback(entry)),
    number(entry.rows),
    number(entry.valid_rows),
    make('a', { href: entry.result_url, download: '' }, 'Download'),
    gone,
  ];
  const line = make('tr', {}, ...cells.map((cell) => make('td', {}, cell)));
  gone.addEventListener('click', () => remove(entry, line));
  return line;
}

/** Of the owner's server, where the callback was not sent. */
function callback({ id, callback: sent }) {
  if (!sent || sent.state === 'done') {
    return [];
  }
  const pill = make('span', { className: 'pill bad', title: sent.last_error ?? '' }, 'callback failed');
  const again = make('button', { type: 'button', className: 'plain' }, 'Send again');
  action(again, () => sendAgain(id, pill, again), say);
  return sent.state === 'dead' ? [pill, again] : [make('span', { className: 'pill' }, 'callback waits')];
}

async function sendAgain(id, pill, again) {
  const { ok, message } = await call('POST', `/api/v1/imports/${id}/callback`);
  if (ok) {
    again.remove();
    pill.className = 'pill';
    pill.textContent = 'callback waits';
  }
  return ok ? null : message;
}

async function remove(entry, line) {
  if (!confirm(`Delete ${entry.file_name} with its rows? It stays counted.`)) {
    return;
  }
  const answer = await call('DELETE', `/api/v1/imports/${entry.id}`);
  if (answer.ok) {
    line.remove();
    errors.hidden = true;
  } else {
    say(answer.message);
  }
}

async function showErrors(entry) {
  const found = await call('GET', `/api/v1/imports/${entry.id}`);
  if (!found.ok) {
    say(found.message);
    return;
  }
  const lines = found.body.errors.map((error) =>
    make(
      'li',
      {},
      make('b', {}, `Line ${number(error.line)}: `),
      error.message,
      error.value ? ` (${error.value})` : '',
    ),
  );
  const more = entry.error_count - lines.length;
  errors.replaceChildren(
    make('h2', {}, `Errors in ${entry.file_name}`),
    make('ul', {}, ...lines),
    ...(more > 0 ? [make('p', { className: 'muted' }, `and ${number(more)} more`)] : []),
  );
  errors.hidden = false;
  errors.scrollIntoView({ block: 'nearest' });
}

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
