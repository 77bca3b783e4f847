import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import type { Column } from '../columns/column';
import { downloadTemplate } from '../columns/template';
import { upload } from '../look/icons';
import { problemNote } from './problem-note';
import type { View } from './view';

const accept = '.csv,.tsv,.tab,.txt,text/csv,text/tab-separated-values,text/plain';

/** Pick or drop a file, and what it should hold. */
export function pickView(view: View, problem: Problem | null): TemplateResult {
  const { say, format, config } = view;
  return html`
    <h2 tabindex="-1">${config.name === '' ? say.importCsv : say.importTo(config.name)}</h2>
    ${problem === null ? nothing : problemNote(problem, say, format, view.api)} ${dropZone(view)}
    <div class="wanted">
      <div class="row between">
        <h3>${say.wanted}</h3>
        <button class="link small" type="button" @click=${() => downloadTemplate(config.columns, say.templateName)}>
          ${say.template}
        </button>
      </div>
      <ul class="chips">
        ${config.columns.map((column) => chip(view, column))}
      </ul>
    </div>
  `;
}

function dropZone(view: View): TemplateResult {
  const { say, format, config } = view;
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (isFile(event)) {
      event.preventDefault();
      view.hover(true);
    }
  };
  const drop = (event: DragEvent) => {
    if (isFile(event)) {
      event.preventDefault();
      view.hover(false);
      void view.flow.pick([...event.dataTransfer!.files]);
    }
  };
  const rows = config.rowsMax === null ? '' : `${say.upToRows(config.rowsMax, format)} `;
  return html`<label
    class=${view.hovering ? 'drop over' : 'drop'}
    @dragenter=${over}
    @dragover=${over}
    @dragleave=${() => view.hover(false)}
    @drop=${drop}
  >
    <input class="unseen" type="file" accept=${accept} @change=${(event: Event) => pickFrom(view, event)} />
    ${upload}
    <span class="big">${say.drop}</span>
    <span class="muted">${say.orChoose}</span>
    <span class="button">${say.chooseFile}</span>
    <span class="muted small">${rows}${say.checkedHere}</span>
  </label>`;
}

function pickFrom(view: View, event: Event): void {
  const input = event.target as HTMLInputElement;
  const files = [...(input.files ?? [])];
  // so that the same file, corrected, can be picked again
  input.value = '';
  void view.flow.pick(files);
}

function chip({ say }: View, { label, required }: Column): TemplateResult {
  return html`<li class="chip">${label}${required ? html` <span class="tag">${say.required}</span>` : nothing}</li>`;
}
