import { call } from '/tollgate/pages.js';
import { columnEditor } from './column-editor.js';
import { make } from './importcsv.js';

const field = (id) => document.getElementById(id);
const key = new URLSearchParams(location.search).get('key');
const path = key ? `/api/v1/importers/${encodeURIComponent(key)}` : '/api/v1/importers';
let columns = [];

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

hint();

field('add').addEventListener('click', () => addColumn({}).querySelector('input').focus());
field('copy').addEventListener('click', copy);
field('try').addEventListener('toggle', offerTrial);
field('form').addEventListener('submit', save);
field('remove').addEventListener('click', remove);
// what is typed before would be lost to what is loaded
field('form').inert = false;

function fill(importer) {
  field('title').textContent = importer.name;
  field('name').value = importer.name;
  field('origins').value = importer.allowed_origins.join('\n');
  field('badge').checked = importer.show_badge;
  field('css').value = importer.custom_css ?? '';
  field('callback').value = importer.callback_url ?? '';
  field('delimiter').value = importer.delimiter === '\t' ? 'tab' : (importer.delimiter ?? '');
  field('secret').textContent = `Signed with ${importer.callback_secret}`;
  field('secret').hidden = false;
  field('remove').hidden = false;
  columns = [];
  field('columns').replaceChildren();
  importer.columns.forEach(addColumn);
  field('snippet').textContent =
    `<script type="module" src="${location.origin}/importer.js"></script>\n` +
    `<csv-importer importer-key="${importer.key}" api="${location.origin}"></csv-importer>`;
  field('copy').hidden = !navigator.clipboard; // browsers have one on https alone
  field('embed').hidden = false;
}

function addColumn(column) {
  const editor = columnEditor(column, () => {
    columns = columns.filter((one) => one !== editor);
    editor.element.remove();
  });
  columns.push(editor);
  field('columns').append(editor.element);
  return editor.element;
}

function copy() {
  navigator.clipboard.writeText(field('snippet').textContent).then(
    () => (field('copy').textContent = 'Copied'),
    () => say('The browser did not let us copy. Select the text, and copy it by hand.'),
  );
}

async function offerTrial() {
  if (field('try').open) {
    await import('/importer.js');
    field('trial').replaceChildren(Object.assign(document.createElement('csv-importer'), { importerKey: key }));
  }
}

// who pays, or runs ImportCSV on their own server, needs no hint
async function hint() {
  const { ok, body } = await call('GET', '/api/v1/billing/subscription');
  field('paid').hidden = !(ok && body.tier === 'free');
}

async function save(event) {
  event.preventDefault();
  const button = field('save');
  button.disabled = true;
  field('saved').textContent = '';
  const body = {
    name: field('name').value,
    columns: columns.map((column) => column.read()),
    allowed_origins: field('origins')
      .value.split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    show_badge: field('badge').checked,
    custom_css: field('css').value || null,
    callback_url: field('callback').value || null,
    delimiter: field('delimiter').value || null,
  };
  const { ok, body: saved, message } = await call(key ? 'PUT' : 'POST', path, { body });
  button.disabled = false;
  if (!ok) {
    say(message);
  } else if (key) {
    field('wrong').hidden = true;
    fill(saved);
    field('saved').textContent = 'Saved.';
    offerTrial();
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

function say(sentence) {
  field('wrong').textContent = sentence;
  field('wrong').hidden = false;
}
