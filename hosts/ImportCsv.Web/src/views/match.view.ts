import { html, nothing, type TemplateResult } from 'lit';
import type { Column } from '../columns/column';
import { trimmed } from '../csv/blank';
import { isRequired, notationOf, rowsOf } from '../flow/matching';
import type { Matching } from '../flow/step';
import { arrow } from '../look/icons';
import { short } from '../text/short';
import { meaning, sampleOf } from './meaning';
import { headerOf, previewTable } from './preview-table';
import { readingOptions } from './reading-options';
import type { View } from './view';

/** Which column of the file feeds which of ours, with the first rows beside it. */
export function matchView(view: View, step: Matching): TemplateResult {
  const { say, format, flow, config } = view;
  return html`
    <div class="stack tight">
      <h2 tabindex="-1">${say.matchColumns}</h2>
      <p class="muted">${say.matchIntro(short(step.file.name), rowsOf(step), format)}</p>
    </div>
    ${doubtOf(view, step)}
    <ul class="matches">
      ${config.columns.map((column, index) => matchRow(view, step, column, index))}
    </ul>
    ${step.refusal === null ? nothing : refusalNote(view, step, step.refusal.missing)}
    <label class="row check">
      <input
        type="checkbox"
        .checked=${step.hasHeader}
        @change=${(event: Event) => flow.nameColumns((event.target as HTMLInputElement).checked)}
      />
      <span>${say.hasHeader}</span>
    </label>
    ${previewTable(view, step)} ${readingOptions(view, step.inspection)}
    <div class="row between actions">
      <button class="button quiet" type="button" @click=${() => flow.pickAgain()}>${say.back}</button>
      <button class="button" type="button" @click=${() => void flow.check()}>${say.checkRows}</button>
    </div>
  `;
}

function matchRow(view: View, step: Matching, column: Column, index: number): TemplateResult {
  const { say, format } = view;
  const source = step.mapping[index] ?? null;
  const settled = notationOf(step, column, index, format.notation);
  const isMissing = step.refusal?.missing.includes(index) ?? false;
  return html`<li class="match">
    <div class="ours">
      <label for="match-${index}"><b>${column.label}</b></label>
      ${column.required ? html`<span class="tag">${say.required}</span>` : nothing}
      ${column.example === '' ? nothing : html`<span class="muted small example">${short(column.example, 40)}</span>`}
    </div>
    <span class="arrow muted">${arrow}</span>
    <div class="stack tight">
      <select
        class="field"
        id="match-${index}"
        aria-invalid=${isMissing}
        aria-describedby="sample-${index}"
        @change=${(event: Event) => choose(view, step, index, (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${source === null}>${column.required ? say.chooseColumn : say.notImported}</option>
        ${sourcesOf(step).map(
          (theirs) =>
            html`<option value=${theirs} .selected=${source === theirs}>${headerOf(view, step, theirs)}</option>`,
        )}
      </select>
      <span class="muted small sample" id="sample-${index}" dir="auto"
        >${source === null ? nothing : sampleOf(view, step, source, column, settled.notation)}</span
      >
      ${source === null ? perhaps(view, step, index) : meaning(view, source, column, settled)}
    </div>
  </li>`;
}

/** Asks how the file is to be read, where that can be one way or another. */
function doubtOf({ say, flow }: View, { inspection }: Matching): TemplateResult | typeof nothing {
  const { doubt } = inspection;
  if (doubt.length === 0) {
    return nothing;
  }
  return html`<fieldset class="meaning doubt">
    <legend>${say.whichDelimiter}</legend>
    ${doubt.map(
      ({ delimiter, fields }) =>
        html`<label>
          <input type="radio" name="delimiter" @change=${() => void flow.readAgain({ delimiter })} />
          <span dir="auto">${`${say.delimiters[delimiter]}: ${short(fields.map(trimmed).join(' · '), 60)}`}</span>
        </label>`,
    )}
  </fieldset>`;
}

/** Names what a column of ours may be. Nothing is chosen until somebody does. */
function perhaps(view: View, step: Matching, index: number): TemplateResult | typeof nothing {
  const candidates = step.doubts[index] ?? [];
  if (candidates.length === 0) {
    return nothing;
  }
  return html`<div class="meaning" role="group" aria-label=${view.say.isItOne}>
    <b>${view.say.isItOne}</b>
    ${candidates.map(
      (theirs) =>
        html`<button class="link small" type="button" @click=${() => choose(view, step, index, `${theirs}`)}>
          ${headerOf(view, step, theirs)}
        </button>`,
    )}
  </div>`;
}

function refusalNote(view: View, step: Matching, missing: readonly number[]): TemplateResult {
  const { say, format, config } = view;
  const required = missing.filter((index) => isRequired(step, config.columns, index));
  const text =
    step.inspection.doubt.length > 0
      ? say.delimiterFirst
      : required.length === 0
        ? say.nothingMatched
        : say.requiredUnmatched(format.list(required.map((index) => config.columns[index]!.label)));
  return html`<div class="note" role="alert"><p>${text}</p></div>`;
}

function choose(view: View, step: Matching, index: number, value: string): void {
  const { say, flow, config } = view;
  const source = value === '' ? null : Number(value);
  const loser = step.mapping.findIndex((held, other) => held !== null && held === source && other !== index);
  flow.map(index, source);
  if (loser >= 0 && source !== null) {
    view.announce(say.nowUsed(headerOf(view, step, source), config.columns[index]!.label));
  }
}

function sourcesOf(step: Matching): number[] {
  return (step.inspection.head[0]?.fields ?? []).map((_, index) => index);
}
