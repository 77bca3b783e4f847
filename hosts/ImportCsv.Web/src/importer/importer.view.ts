import { html, nothing, type TemplateResult } from 'lit';
import type { Step } from '../flow/step';
import { short } from '../text/short';
import { matchView } from '../views/match.view';
import { doneView, refusedView } from '../views/outcome.view';
import { pickView } from '../views/pick.view';
import { problemNote } from '../views/problem-note';
import { reviewView } from '../views/review.view';
import { stepList } from '../views/step-list';
import type { View } from '../views/view';
import { workingView } from '../views/working.view';

/** The whole importer: the way, the step, and what is said to who cannot see it. */
export function importerView(view: View, said: string, restart: () => void): TemplateResult {
  const { say, flow } = view;
  const { step } = flow;
  const isOpen = step.kind !== 'loading' && step.kind !== 'unavailable';
  return html`<div class="importer">
    ${isOpen ? html`<div class="way">${stepList(step, say)}</div>` : nothing}
    <div class="body stack">${stepView(view, step, restart)}</div>
    ${flow.config?.showBranding ? badge(view) : nothing}
    <div class="unseen" role="status">${said || working(view, step)}</div>
  </div>`;
}

function stepView(view: View, step: Step, restart: () => void): TemplateResult {
  switch (step.kind) {
    case 'loading':
      return bones(view);
    case 'unavailable':
      return unavailable(view, step.problem, restart);
    case 'pick':
      return pickView(view, step.problem);
    case 'working':
      return workingView(view, step);
    case 'match':
      return matchView(view, step);
    case 'review':
      return reviewView(view, step);
    case 'refused':
      return refusedView(view, step.problem, step.canRetry);
    case 'done':
      return doneView(view, step);
  }
}

function bones({ say }: View): TemplateResult {
  return html`<div aria-busy="true" class="stack">
    <span class="unseen">${say.loading}</span>
    <span class="bone title"></span>
    <span class="bone drop-area"></span>
    <span class="bone line"></span>
  </div>`;
}

function unavailable(
  { say, format, api }: View,
  problem: Extract<Step, { kind: 'unavailable' }>['problem'],
  restart: () => void,
): TemplateResult {
  const isFinal = problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  const canRetry = !isFinal && !['columns_invalid', 'import_limit_reached', 'payment_required'].includes(problem.code);
  const again = html`<button class="link" type="button" @click=${restart}>${say.tryAgain}</button>`;
  return problemNote(problem, say, format, api, canRetry ? again : nothing);
}

function badge({ say, api }: View): TemplateResult {
  return html`<div class="foot">
    <a class="badge" href=${api} target="_blank" rel="noopener noreferrer">${say.poweredBy}</a>
  </div>`;
}

function working({ say }: View, step: Step): string {
  return step.kind === 'working' ? say[step.task](short(step.fileName)) : '';
}
