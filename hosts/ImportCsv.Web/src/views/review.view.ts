import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { bigCheck } from '../look/icons';
import { faultyRowsKept } from '../flow/check-rows';
import type { Reviewing } from '../flow/step';
import { faultyRow } from './faulty-row';
import type { View } from './view';

/** So many faulty rows are shown at first, and more of them with each press. */
export const rowsPerPage = 20;

/** What the check found: the faulty rows to be corrected in place, and how many rows would be imported. */
export function reviewView(view: View, step: Reviewing): TemplateResult {
  const { say, format, flow } = view;
  const { check } = step;
  return html`
    ${check.faulty.length === 0 && check.rows > 0 ? allSound(view, check.rows) : someFaulty(view, step)}
    <div class="row between actions">
      <button class="button quiet" type="button" @click=${() => flow.backToMatching()}>${say.back}</button>
      ${check.sound === 0
        ? nothing
        : html`<button class="button" type="button" @click=${() => void flow.send()}>
            ${say.importRows(check.sound, format)}
          </button>`}
    </div>
  `;
}

function allSound({ say, format }: View, rows: number): TemplateResult {
  return html`<div class="result">
    <span class="mark">${bigCheck}</span>
    <div class="stack tight">
      <h2 tabindex="-1">${say.allSound(rows, format)}</h2>
      <p class="muted">${say.allSoundNext}</p>
    </div>
  </div>`;
}

function someFaulty(view: View, { plan, check }: Reviewing): TemplateResult {
  const { say, format } = view;
  if (check.rows === 0) {
    return html`<h2 tabindex="-1">${say.noRows}</h2>`;
  }
  const shown = check.kept.slice(0, view.rowsShown);
  const hidden = check.kept.length - shown.length;
  const tooMany = check.faulty.length > check.kept.length;
  return html`
    <div class="stack tight">
      <h2 tabindex="-1">${say.someFaulty(check.rows - check.sound, check.rows, format)}</h2>
      <p class="muted">${check.sound === 0 ? say.noneSound : say.correctHere}</p>
      ${tooMany ? html`<p class="muted">${say.keptOf(faultyRowsKept, format)}</p>` : nothing}
    </div>
    <ul class="faulty">
      ${repeat(
        shown,
        ({ row }) => row,
        (faulty) => faultyRow(view, plan, check, faulty),
      )}
    </ul>
    ${hidden > 0
      ? html`<button class="button quiet" type="button" @click=${() => view.showMoreRows()}>
          ${say.showMore(Math.min(hidden, rowsPerPage), format)}
        </button>`
      : nothing}
  `;
}
