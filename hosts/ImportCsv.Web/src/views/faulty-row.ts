import { html, nothing, type TemplateResult } from 'lit';
import { type FaultyRow, isSound, type RowCheck } from '../flow/check-rows';
import type { ImportPlan } from '../flow/plan';
import { check as checkIcon } from '../look/icons';
import { rowErrorText } from '../text/row-error-text';
import { short } from '../text/short';
import type { View } from './view';

/** One faulty row: its line, what else is in it, and a field for each value that was wrong. */
export function faultyRow(view: View, plan: ImportPlan, check: RowCheck, faulty: FaultyRow): TemplateResult {
  const { say, format } = view;
  const cells = faulty.shape === null ? [...faulty.touched].sort((one, other) => one - other) : [];
  return html`<li class="row-card">
    <div class="row between">
      <b class="number">${say.lineNumber(faulty.line, format)}</b>
      ${isSound(faulty) ? html`<span class="good small">${checkIcon} ${say.sound}</span>` : nothing}
    </div>
    <p class="muted small context" dir="auto">${contextOf(faulty)}</p>
    ${faulty.shape === null ? nothing : html`<p class="bad small">${say.value[faulty.shape]}</p>`}
    ${cells.map((index) => cell(view, plan, check, faulty, index))}
  </li>`;
}

function cell(view: View, plan: ImportPlan, check: RowCheck, faulty: FaultyRow, index: number): TemplateResult {
  const { say, format } = view;
  const column = plan.columns[index]!;
  const wrong = whatIsWrong(view, plan, faulty, index);
  const id = `cell-${faulty.row}-${index}`;
  return html`<div class="cell">
    <label for=${id} class="small">
      <span aria-hidden="true">${column.label}</span>
      <span class="unseen">${say.cell(column.label, faulty.line, format)}</span>
    </label>
    ${column.type === 'select' ? choice(view, plan, check, faulty, index) : input(view, plan, check, faulty, index)}
    <span class=${wrong ? 'bad small' : 'good small'} id="${id}-why">${wrong ?? html`${checkIcon} ${say.sound}`}</span>
  </div>`;
}

function input(view: View, plan: ImportPlan, check: RowCheck, faulty: FaultyRow, index: number): TemplateResult {
  const id = `cell-${faulty.row}-${index}`;
  return html`<input
    class="field"
    id=${id}
    dir="auto"
    autocomplete="off"
    spellcheck="false"
    .value=${faulty.values[index]!}
    aria-invalid=${faulty.errors.has(index)}
    aria-describedby="${id}-why"
    @change=${(event: Event) => correct(view, plan, check, faulty, index, (event.target as HTMLInputElement).value)}
  />`;
}

function choice(view: View, plan: ImportPlan, check: RowCheck, faulty: FaultyRow, index: number): TemplateResult {
  const column = plan.columns[index]!;
  const id = `cell-${faulty.row}-${index}`;
  const held = faulty.values[index]!;
  // what the file has stays to be seen, until something else is chosen
  const values = column.values.includes(held) ? column.values : [held, ...column.values];
  return html`<select
    class="field"
    id=${id}
    aria-invalid=${faulty.errors.has(index)}
    aria-describedby="${id}-why"
    @change=${(event: Event) => correct(view, plan, check, faulty, index, (event.target as HTMLSelectElement).value)}
  >
    ${values.map((value) => html`<option value=${value} .selected=${value === held}>${short(value, 60)}</option>`)}
  </select>`;
}

function correct(
  view: View,
  plan: ImportPlan,
  check: RowCheck,
  faulty: FaultyRow,
  index: number,
  value: string,
): void {
  const { say, format, flow } = view;
  flow.correct(faulty, index, value);
  const wrong = whatIsWrong(view, plan, faulty, index);
  if (wrong) {
    view.announce(say.stillFaulty(faulty.line, wrong, format));
  } else if (isSound(faulty)) {
    view.announce(say.corrected(faulty.line, check.sound, format));
  }
}

function whatIsWrong({ say, format }: View, plan: ImportPlan, faulty: FaultyRow, index: number): string | null {
  const code = faulty.errors.get(index);
  return code ? rowErrorText(code, plan.columns[index]!, say, format, plan.notations[index]!.mark) : null;
}

/** Enough of the row to know which one it is. */
function contextOf(faulty: FaultyRow): string {
  const others = faulty.values.filter((value, index) => value.trim() !== '' && !faulty.touched.has(index));
  return others
    .slice(0, 4)
    .map((value) => short(value, 30))
    .join(' · ');
}
