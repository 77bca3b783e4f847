import { html, nothing, type TemplateResult } from 'lit';
import type { Working } from '../flow/step';
import { short } from '../text/short';
import type { View } from './view';

/** How far it is, and the way out. */
export function workingView({ say, format, flow }: View, { task, fileName, done, total }: Working): TemplateResult {
  const part = total === 0 ? 0 : Math.min(1, done / total);
  const isAllSent = task === 'sending' && part === 1;
  const size = html`<span class="number">${format.size(done)} / ${format.size(total)}</span>`;
  return html`<div class="working">
    <h2 tabindex="-1" id="working">${say[task](short(fileName))}</h2>
    ${isAllSent
      ? html`<progress aria-labelledby="working"></progress>`
      : html`<progress aria-labelledby="working" max="1" value=${part}></progress>`}
    <div class="row between muted small">
      <span>${isAllSent ? say.nearly : task === 'sending' ? say.keepOpen : nothing}</span>
      <span class="row">${size}<b class="number">${format.percent(part)}</b></span>
    </div>
    <div class="row">
      <button class="button quiet" type="button" @click=${() => flow.cancel()}>${say.cancel}</button>
    </div>
  </div>`;
}
