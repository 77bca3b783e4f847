// One column of an importer as a form: what it is called and what its values must be like.
import { make } from './importcsv.js';

const types = ['text', 'number', 'integer', 'date', 'boolean', 'email', 'url', 'select'];
const measured = { text: ' characters', number: '', integer: '' };
let count = 0;

/** `{ element, read }`: `read()` is the column as it stands in the form. */
export function columnEditor(column, remove) {
  const parts = {
    label: make('input', { value: column.label ?? '', maxLength: 200 }),
    key: make('input', { value: column.key ?? '', spellcheck: false, autocapitalize: 'off' }),
    type: make('select', {}, ...types.map((type) => make('option', { value: type }, type))),
    required: make('input', { type: 'checkbox', checked: column.required === true }),
    unique: make('input', { type: 'checkbox', checked: column.unique === true }),
    values: make('textarea', { value: (column.values ?? []).join('\n') }),
    min: make('input', { value: column.min ?? '', inputMode: 'decimal' }),
    max: make('input', { value: column.max ?? '', inputMode: 'decimal' }),
    pattern: make('input', { value: column.pattern ?? '', spellcheck: false, placeholder: '[A-Z]{2}-[0-9]+' }),
    example: make('input', { value: column.example ?? '', maxLength: 200 }),
  };
  parts.type.value = column.type ?? 'text';
  nameAfterLabel(parts);
  const out = make('button', { type: 'button', className: 'plain', ariaLabel: 'Remove this column' }, '\u2715');
  out.addEventListener('click', remove);
  const element = make(
    'div',
    { className: 'column' },
    field('Label', parts.label),
    field('Key', parts.key),
    field('Type', parts.type),
    make('div', { className: 'row' }, check('Required', parts.required), check('Unique', parts.unique), out),
    ...rules(parts),
  );
  return { element, read: () => read(column, parts) };
}

function rules(parts) {
  const values = field('Values, one a line', parts.values);
  const min = field('At least', parts.min);
  const max = field('At most', parts.max);
  const pattern = field('Pattern', parts.pattern);
  const summary = make('summary', {});
  const grid = make('div', { className: 'rules' }, min, max, pattern, field('Example', parts.example));
  const details = make('details', {}, summary, grid);
  const show = () => {
    const type = parts.type.value;
    values.hidden = type !== 'select';
    min.hidden = max.hidden = !(type in measured);
    pattern.hidden = type === 'select' || type === 'boolean';
    summary.textContent = ['Rules', ...said(parts)].join(' \u00b7 ');
  };
  parts.type.addEventListener('change', show);
  details.addEventListener('input', show);
  show();
  return [values, details];
}

function said({ type, min, max, pattern, example }) {
  const isMeasured = type.value in measured;
  return [
    isMeasured && min.value !== '' ? `at least ${min.value}${measured[type.value]}` : null,
    isMeasured && max.value !== '' ? `at most ${max.value}${measured[type.value]}` : null,
    pattern.value === '' ? null : `like ${pattern.value}`,
    example.value === '' ? null : `such as ${example.value}`,
  ].filter(Boolean);
}

function read(column, parts) {
  const type = parts.type.value;
  const lines = parts.values.value.split('\n').map((line) => line.trim());
  return {
    ...column,
    label: parts.label.value.trim(),
    key: parts.key.value.trim(),
    type,
    required: parts.required.checked,
    unique: parts.unique.checked,
    values: type === 'select' ? lines.filter(Boolean) : null,
    min: type in measured ? numberOf(parts.min.value) : null,
    max: type in measured ? numberOf(parts.max.value) : null,
    pattern: parts.pattern.closest('.field').hidden ? null : parts.pattern.value || null,
    example: parts.example.value.trim() || null,
  };
}

// what is no number goes as it was typed, and the server says so
function numberOf(text) {
  const trimmed = text.trim();
  return trimmed === '' ? null : Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** Until somebody writes a key, it follows the label. */
function nameAfterLabel({ label, key }) {
  let follows = key.value === '';
  key.addEventListener('input', () => (follows = key.value === ''));
  label.addEventListener('input', () => {
    if (follows) {
      key.value = keyOf(label.value);
    }
  });
}

function keyOf(label) {
  const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 63);
}

function field(name, control) {
  control.id = `column-${++count}`;
  return make('div', { className: 'field' }, make('label', { htmlFor: control.id }, name), control);
}

function check(name, control) {
  control.id = `column-${++count}`;
  return make('div', { className: 'check' }, control, make('label', { htmlFor: control.id }, name));
}
