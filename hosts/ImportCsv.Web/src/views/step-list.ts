import { html, type TemplateResult } from 'lit';
import type { Step } from '../flow/step';
import { check } from '../look/icons';
import type { Messages } from '../text/en';

/** How far along the way a step is: 0 the file, 3 the import, 4 behind it. */
export function placeOf(step: Step): number {
  switch (step.kind) {
    case 'match':
      return 1;
    case 'review':
      return 2;
    case 'refused':
      return 3;
    case 'done':
      return 4;
    case 'working':
      return { reading: 0, checking: 2, writing: 3, sending: 3 }[step.task];
    default:
      return 0;
  }
}

export function stepList(step: Step, say: Messages): TemplateResult {
  const place = placeOf(step);
  const names = [say.stepFile, say.stepColumns, say.stepCheck, say.stepImport];
  return html`<ol class="steps" aria-label=${say.steps}>
    ${names.map(
      (name, index) =>
        html`<li class=${index < place ? 'past' : ''} aria-current=${index === place ? 'step' : 'false'}>
          <span class="dot number" aria-hidden="true">${index < place ? check : index + 1}</span>
          <span class="name">${name}</span>
        </li>`,
    )}
  </ol>`;
}
