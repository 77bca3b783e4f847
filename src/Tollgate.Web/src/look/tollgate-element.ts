import { type CSSResultGroup, html, type PropertyValues, type TemplateResult } from 'lit';
import type { Problem } from '../api/answer';
import { controls } from './controls';
import { problemNote } from './problem-note';
import { WordedElement } from './worded-element';

/** What a component has that shows cards and notes, and its failures. */
export abstract class TollgateElement extends WordedElement {
  static override styles: CSSResultGroup = [WordedElement.styles, controls];

  /** Whoever had the focus on something that is gone now goes on where that was, and not at the top of the page. */
  protected override update(changed: PropertyValues): void {
    const focused = this.shadowRoot?.querySelector(':focus') ?? null;
    const place = focused?.closest('article, section, .card') ?? null;
    super.update(changed);
    if (focused && !focused.isConnected) {
      takeFocus(place instanceof HTMLElement && place.isConnected ? place : this);
    }
  }

  protected problemNote(problem: Problem, again?: () => void): TemplateResult {
    const { say } = this;
    const retry = html`<button class="link" type="button" @click=${again}>${say.tryAgain}</button>`;
    return again ? problemNote(problem, say, retry) : problemNote(problem, say);
  }
}

/** Of what cannot have it by itself, until it goes on. */
function takeFocus(place: HTMLElement): void {
  place.tabIndex = -1;
  place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  place.focus();
}
