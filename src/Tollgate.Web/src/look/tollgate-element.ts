import { type CSSResultGroup, html, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import { controls } from './controls';
import { problemNote } from './problem-note';
import { WordedElement } from './worded-element';

/** What a component has that shows cards and notes, and its failures. */
export abstract class TollgateElement extends WordedElement {
  static override styles: CSSResultGroup = [WordedElement.styles, controls];

  protected problemNote(problem: Problem, again?: () => void): TemplateResult {
    const { say } = this;
    const retry = html`<button class="link" type="button" @click=${again}>${say.tryAgain}</button>`;
    return again ? problemNote(problem, say, retry) : problemNote(problem, say);
  }
}
