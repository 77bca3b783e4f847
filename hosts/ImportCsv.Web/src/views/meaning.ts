import { html, nothing, type TemplateResult } from 'lit';
import type { Column } from '../columns/column';
import { trimmed } from '../csv/blank';
import { firstRows } from '../flow/matching';
import type { Matching } from '../flow/step';
import { type Notation, plainValue } from '../notation/notation';
import type { Settled } from '../notation/settle';
import type { Format } from '../text/format';
import { short } from '../text/short';
import type { View } from './view';

/** The first values of a column of the file, as they are understood. */
export function sampleOf(
  { say, format }: View,
  step: Matching,
  source: number,
  column: Column,
  notation: Notation,
): string {
  const values = firstRows(step).map(({ fields }) => trimmed(fields[source] ?? ''));
  const some = values.filter((value) => value !== '').slice(0, 3);
  const understood = some.map((value) => short(understand(format, column, value, notation), 30));
  return understood.length === 0 ? say.noValues : understood.join(' · ');
}

/** Asks what a value means that could be either, where the rest of its column does not show it. */
export function meaning(view: View, source: number, column: Column, settled: Settled): TemplateResult | typeof nothing {
  const { question, notation } = settled;
  if (question === null) {
    return nothing;
  }
  const ways: readonly Notation[] =
    column.type === 'date'
      ? [{ ...notation, order: 'day-first' }, { ...notation, order: 'month-first' }]
      : [{ ...notation, mark: '.' }, { ...notation, mark: ',' }];
  return html`<fieldset class="meaning">
    <legend dir="auto">${view.say.means(question)}</legend>
    ${ways.map((way) => answer(view, source, column, question, way, settled))}
  </fieldset>`;
}

function answer(
  { say, format, flow }: View,
  source: number,
  column: Column,
  question: string,
  way: Notation,
  { notation }: Settled,
): TemplateResult {
  const text = understand(format, column, question, way);
  const isGrouped = !plainValue(column, question, way)!.includes('.');
  const label = column.type === 'date' ? text : isGrouped ? say.thousands(text) : say.decimals(text);
  return html`<label>
    <input
      type="radio"
      name="meaning-${source}"
      .checked=${way.order === notation.order && way.mark === notation.mark}
      @change=${() => flow.readColumn(source, column.type === 'date' ? { order: way.order } : { mark: way.mark })}
    />
    <span>${label}</span>
  </label>`;
}

/** A value in the reader's own way, where it can be written in another. */
function understand(format: Format, column: Column, value: string, notation: Notation): string {
  const plain = plainValue(column, value, notation);
  switch (plain === null ? 'text' : column.type) {
    case 'date':
      return plain === value ? value : format.isoDate(plain!);
    case 'number':
    case 'integer':
      return /^\d+$/.test(value) ? value : format.exactNumber(plain!);
    default:
      return value;
  }
}
