import { html, nothing, type TemplateResult } from 'lit';
import type { Column } from '../columns/column';
import { notationOf, rowsOf } from '../flow/matching';
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
    <ul class="matches">
      ${config.columns.map((column, index) => matchRow(view, step, column, index))}
    </ul>
    ${step.refusal === null ? nothing : refusalNote(view, step.refusal.missing)}
    <label class="row check">
      <input
        type="checkbox"
        .checked=${step.hasHeader}
        @change=${(event: Event) => flow.nameColumns((event.target as HTMLInputElement).checked)}
      />
      <span>${say.hasHeader}</span>
    </label>
    ${previewTable(view, step)} ${readingOptions(view, step.inspection.reading)}
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
      ${source === null ? nothing : meaning(view, source, column, settled)}
    </div>
  </li>`;
}

function refusalNote({ say, format, config }: View, missing: readonly number[]): TemplateResult {
  const required = missing.map((index) => config.columns[index]!).filter((column) => column.required);
  const text =
    required.length === 0
      ? say.nothingMatched
      : say.requiredUnmatched(format.list(required.map(({ label }) => label)));
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
