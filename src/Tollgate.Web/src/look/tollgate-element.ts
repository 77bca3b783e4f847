import { type CSSResultGroup, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Problem } from '../api/answer';
import type { Format } from '../text/format';
import { problemText } from '../text/problem-text';
import type { Messages } from '../text/en';
import { wordingFor } from '../text/wording';
import { controls } from './controls';
import { tokens } from './tokens';

/** What every component has: where the API is, its words, and how it shows a failure. */
export abstract class TollgateElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls];

  /** Path of the billing API. A trailing slash is ignored. */
  @property() api = '/api/billing';

  protected get endpoint(): string {
    return this.api.replace(/\/+$/, '');
  }

  protected get say(): Messages {
    return wordingFor(this).say;
  }

  protected get format(): Format {
    return wordingFor(this).format;
  }

  protected problemNote(problem: Problem, again?: () => void): TemplateResult {
    const retry = again
      ? html`<button class="link" type="button" @click=${again}>${this.say.tryAgain}</button>`
      : nothing;
    const what = hasBoth(problem) ? html`<b>${problem.title}</b> ` : nothing;
    // a role that falls short is nobody's mistake
    return html`<div class=${problem.status === 403 ? 'note warn' : 'note bad'} role="alert">
      <p>${what}${problemText(problem, this.say)}</p>
      ${retry}
    </div>`;
  }
}

/** Whether the server said what is wrong and what to do; signed out, our own words say both. */
function hasBoth({ status, title, detail }: Problem): boolean {
  return status !== 401 && title !== '' && detail !== '';
}
