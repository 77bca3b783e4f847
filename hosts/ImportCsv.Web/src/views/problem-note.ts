import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import { serverLink } from '../api/links';
import type { Messages } from '../text/en';
import type { Format } from '../text/format';
import { limitTitle, problemText } from '../text/problem-text';

/** A failure in words, and with `next` what can be done about it. A limit is nobody's mistake, and looks so. */
export function problemNote(
  problem: Problem,
  say: Messages,
  format: Format,
  api: string,
  next: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const title = limitTitle(problem, say);
  const text = problemText(problem, say, format);
  if (title === null) {
    return html`<div class="note" role="alert"><p>${text}</p>${next}</div>`;
  }
  const link = serverLink(problem.upgradeUrl, api);
  const way = problem.code === 'payment_required' ? say.payNow : say.seePlans;
  const owners = html`<p class="small">
    ${say.doYouRunIt} <a class="link" href=${link ?? ''} target="_blank" rel="noopener noreferrer">${way}</a>
  </p>`;
  return html`<div class="note warn" role="alert">
    <div class="stack tight">
      <p><b>${title}</b></p>
      <p>${text}</p>
      ${link === null ? nothing : owners}
    </div>
    ${next}
  </div>`;
}
