import { type CSSResultGroup, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Problem } from '../api/answer';
import type { Format } from '../text/format';
import type { Messages } from '../text/en';
import { wordingFor } from '../text/wording';
import { controls } from './controls';
import { problemNote } from './problem-note';
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
    const { say } = this;
    const retry = html`<button class="link" type="button" @click=${again}>${say.tryAgain}</button>`;
    return again ? problemNote(problem, say, retry) : problemNote(problem, say);
  }
}
