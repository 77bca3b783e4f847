import { html, nothing, type TemplateResult } from 'lit';
import { trimmed } from '../csv/blank';
import { firstRows } from '../flow/matching';
import type { Matching } from '../flow/step';
import { short } from '../text/short';
import type { View } from './view';

const columnsShown = 12;

/** The first rows as they stand in the file, under its own names. */
export function previewTable(view: View, step: Matching): TemplateResult {
  const { say, format } = view;
  const rows = firstRows(step);
  const width = step.inspection.head[0]?.fields.length ?? 0;
  const shown = Array.from({ length: Math.min(width, columnsShown) }, (_, index) => index);
  const more = width - shown.length;
  return html`<div class="stack tight">
    <h3 id="preview">${say.firstRows}</h3>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="preview">
      <table>
        <thead>
          <tr>
            <th scope="col" class="muted">${say.line}</th>
            ${shown.map((index) => headCell(view, step, index))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ line, fields }) =>
              html`<tr>
                <td class="muted number">${format.number(line)}</td>
                ${shown.map((index) => html`<td dir="auto">${short(fields[index] ?? '', 60)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="muted small">${say.moreColumns(more, format)}</p>` : nothing}
  </div>`;
}

/** What the file calls a column; where it has no name for it, its place. */
export function headerOf({ say, format }: View, step: Matching, index: number): string {
  const name = step.hasHeader ? trimmed(step.inspection.head[0]?.fields[index] ?? '') : '';
  return name === '' ? say.columnNumber(index + 1, format) : short(name, 60);
}

function headCell(view: View, step: Matching, index: number): TemplateResult {
  const ours = view.config.columns[step.mapping.indexOf(index)];
  return html`<th scope="col" class=${ours ? 'used' : 'muted'}>${headerOf(view, step, index)}</th>`;
}
