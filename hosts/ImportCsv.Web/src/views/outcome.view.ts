import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import type { ServerRowError } from '../api/send-import';
import { rowErrorCodes } from '../columns/check-value';
import type { Done } from '../flow/step';
import { bigCheck } from '../look/icons';
import { rowErrorText } from '../text/row-error-text';
import { short } from '../text/short';
import { problemNote } from './problem-note';
import type { View } from './view';

/** What was imported, and what the server would not take. */
export function doneView(view: View, { imported, leftOut, outcome }: Done): TemplateResult {
  const { say, format, flow } = view;
  const refused = outcome?.errorCount ?? 0;
  const missing = leftOut > 0 ? say.leftOut(leftOut, format) : refused > 0 ? '' : say.allThere;
  return html`
    <div class="result">
      <span class="mark">${bigCheck}</span>
      <div class="stack tight">
        <h2 tabindex="-1">${say.imported(imported, format)}</h2>
        ${missing === '' ? nothing : html`<p class="muted">${missing}</p>`}
      </div>
    </div>
    ${outcome !== null && refused > 0 ? serverErrors(view, outcome.rows - outcome.validRows, outcome.errors) : nothing}
    <div class="row actions">
      <button class="button quiet" type="button" @click=${() => flow.pickAgain()}>${say.importAnother}</button>
    </div>
  `;
}

/** The import did not happen: what to do now. */
export function refusedView(view: View, problem: Problem, canRetry: boolean): TemplateResult {
  const { say, format, flow, api } = view;
  const isUncertain = canRetry && problem.code !== 'callback_failed';
  return html`
    <h2 tabindex="-1" class="unseen">${say.stepImport}</h2>
    ${problemNote(problem, say, format, api)}
    <p class="muted">${isUncertain ? say.nothingTwice : say.nothingLost}</p>
    <div class="row between actions">
      <button class="button quiet" type="button" @click=${() => flow.backToReview()}>${say.back}</button>
      ${canRetry
        ? html`<button class="button" type="button" @click=${() => void flow.send()}>${say.tryAgain}</button>`
        : nothing}
    </div>
  `;
}

function serverErrors(view: View, rows: number, errors: readonly ServerRowError[]): TemplateResult {
  const { say, format } = view;
  return html`<div class="stack tight">
    <h3 id="refused">${say.notTaken(Math.max(1, rows), format)}</h3>
    ${errors.length >= 100 ? html`<p class="muted small">${say.firstOnly(errors.length, format)}</p>` : nothing}
    <ul class="refused scroll" tabindex="0" role="list" aria-labelledby="refused">
      ${errors.map((error) => serverError(view, error))}
    </ul>
  </div>`;
}

function serverError({ say, format, config }: View, error: ServerRowError): TemplateResult {
  const column = config.columns.find(({ key }) => key === error.column);
  const known = rowErrorCodes.find((code) => code === error.code);
  const text = known && column ? rowErrorText(known, column, say, format) : known ? say.value[known] : error.message;
  return html`<li class="refusal">
    <b class="number">${say.lineNumber(error.line, format)}</b>
    <span class="muted">${column?.label ?? nothing}</span>
    <span dir="auto">${short(error.value, 60)}</span>
    <span class="bad">${short(text, 200)}</span>
  </li>`;
}
