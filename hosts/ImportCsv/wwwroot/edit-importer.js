import { call } from '/tollgate/pages.js';
import { make } from './importcsv.js';

const types = ['text', 'number', 'integer', 'date', 'boolean', 'email', 'url', 'select'];
const field = (id) => document.getElementById(id);
const key = new URLSearchParams(location.search).get('key');
const path = key ? `/api/v1/importers/${encodeURIComponent(key)}` : '/api/v1/importers';
const kept = new WeakMap();

if (key) {
  const { ok, body, message } = await call('GET', path);
  if (ok) {
    fill(body);
  } else {
    say(message);
  }
} else {
  addColumn({ key: 'email', label: 'E-mail', type: 'email', required: true });
  addColumn({ key: 'name', label: 'Name' });
}

field('add').addEventListener('click', () => addColumn({ key: '', label: '' }).querySelector('input').focus());
field('form').addEventListener('submit', save);
field('remove').addEventListener('click', remove);

function fill(importer) {
  field('title').textContent = importer.name;
  field('name').value = importer.name;
  field('origins').value = importer.allowed_origins.join('\n');
  field('badge').checked = importer.show_badge;
  field('css').value = importer.custom_css ?? '';
  field('callback').value = importer.callback_url ?? '';
  field('secret').textContent = `Signed with ${importer.callback_secret}`;
  field('secret').hidden = false;
  field('remove').hidden = false;
  field('columns').replaceChildren();
  importer.columns.forEach(addColumn);
  field('snippet').textContent =
    `<script type="module" src="${location.origin}/importer.js"></script>\n` +
    `<csv-importer importer-key="${importer.key}" api="${location.origin}"></csv-importer>`;
  field('embed').hidden = false;
}

function addColumn(column) {
  const cells = {
    key: input('Key', column.key),
    label: input('Label', column.label),
    type: choice(column.type ?? 'text'),
    required: check('Required', column.required),
    unique: check('Unique', column.unique),
    values: input('Values', (column.values ?? []).join(', ')),
  };
  const out = make('button', { type: 'button', className: 'plain', ariaLabel: 'Remove this column' }, '\u2715');
  const row = make('tr', {}, ...[...Object.values(cells), out].map((cell) => make('td', {}, cell)));
  out.addEventListener('click', () => row.remove());
  // what this page does not show stays as it was
  kept.set(row, { column, cells });
  field('columns').append(row);
  return row;
}

function columnOf(row) {
  const { column, cells } = kept.get(row);
  const values = cells.values.value.split(',').map((value) => value.trim());
  return {
    ...column,
    key: cells.key.value.trim(),
    label: cells.label.value.trim(),
    type: cells.type.value,
    required: cells.required.checked,
    unique: cells.unique.checked,
    values: cells.type.value === 'select' ? values.filter(Boolean) : null,
  };
}

async function save(event) {
  event.preventDefault();
  const button = field('save');
  button.disabled = true;
  field('saved').textContent = '';
  const body = {
    name: field('name').value,
    columns: [...field('columns').rows].map(columnOf),
    allowed_origins: field('origins')
      .value.split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    show_badge: field('badge').checked,
    custom_css: field('css').value || null,
    callback_url: field('callback').value || null,
  };
  const { ok, body: saved, message } = await call(key ? 'PUT' : 'POST', path, { body });
  button.disabled = false;
  if (!ok) {
    say(message);
  } else if (key) {
    field('wrong').hidden = true;
    fill(saved);
    field('saved').textContent = 'Saved.';
  } else {
    location.replace(`/importer?key=${encodeURIComponent(saved.key)}`);
  }
}

async function remove() {
  if (!confirm('Remove this importer with its imports? Pages that embed it stop working.')) {
    return;
  }
  const { ok, message } = await call('DELETE', path);
  if (ok) {
    location.assign('/');
  } else {
    say(message);
  }
}

function input(label, value) {
  return make('input', { ariaLabel: label, value: value ?? '' });
}

function check(label, value) {
  return make('input', { type: 'checkbox', ariaLabel: label, checked: value === true });
}

function choice(value) {
  const select = make('select', { ariaLabel: 'Type' }, ...types.map((type) => make('option', { value: type }, type)));
  select.value = value;
  return select;
}

function say(sentence) {
  field('wrong').textContent = sentence;
  field('wrong').hidden = false;
}
