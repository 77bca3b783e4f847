import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import type { Messages } from '../text/en';
import { problemText, translationOf } from '../text/problem-text';

/** A failure in words, and with `next` what can be done about it. */
export function problemNote(
  problem: Problem,
  say: Messages,
  next: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const what = hasBoth(problem) && translationOf(problem, say) === null ? html`<b>${problem.title}</b><br />` : nothing;
  // a role that falls short is nobody's mistake
  return html`<div class=${problem.status === 403 ? 'note warn' : 'note bad'} role="alert">
    <p>${what}${problemText(problem, say)}</p>
    ${next}
  </div>`;
}

/** Whether the server said what is wrong and what to do; signed out, our own words say both. */
function hasBoth({ status, title, detail }: Problem): boolean {
  return status !== 401 && title !== '' && detail !== '';
}
