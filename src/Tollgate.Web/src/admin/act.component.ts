import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Answer, Problem } from '../api/answer';
import { problemNote } from '../look/problem-note';
import { AdminWordedElement } from './admin-worded-element';

/**
 * Something that an administrator does: a button, and behind it the question why. Nothing is sent before that is
 * answered and confirmed.
 *
 * @slot - what else it needs to know, shown above the reason
 * @event tg-done it was done; detail: what to say of it
 */
export class AdminAct extends AdminWordedElement {
  @property() label = '';
  /** What is to be said once it is done. */
  @property() done = '';
  @property({ attribute: false }) run: (why: string) => Promise<Answer<unknown>> = () => Promise.reject(new Error());

  @state() private phase: 'closed' | 'open' | 'busy' = 'closed';
  @state() private problem: Problem | null = null;

  protected override render(): TemplateResult {
    const isOpen = this.phase === 'open' || this.phase === 'busy';
    return html`<div class="stack">
      <div ?hidden=${isOpen}>
        <button id="open" class="button quiet" type="button" @click=${this.open}>${this.label}</button>
      </div>
      ${isOpen ? this.form() : nothing}
    </div>`;
  }

  private form(): TemplateResult {
    const busy = this.phase === 'busy';
    return html`<form class="stack" aria-label=${this.label} @submit=${this.send}>
      <b>${this.label}</b>
      <slot></slot>
      <label class="field">
        <span>${this.words.why} <span class="hint">${this.words.whyHint}</span></span>
        <input id="why" required maxlength="500" autocomplete="off" />
      </label>
      ${this.problem ? problemNote(this.problem, this.say) : nothing}
      <div class="row">
        <button class="button" type="submit" aria-disabled=${busy ? 'true' : 'false'}>
          ${busy ? this.words.working : this.words.confirm}
        </button>
        <button class="button quiet" type="button" @click=${this.close}>${this.words.keep}</button>
      </div>
    </form>`;
  }

  private readonly open = async (): Promise<void> => {
    this.problem = null;
    await this.show('open', '#why');
  };

  private readonly close = (): Promise<void> => this.show('closed', '#open');

  private readonly send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const why = this.renderRoot.querySelector<HTMLInputElement>('#why')?.value.trim() ?? '';
    if (this.phase === 'busy' || why === '') {
      return;
    }
    this.phase = 'busy';
    const answer = await this.run(why);
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      await this.close();
      this.dispatchEvent(new CustomEvent('tg-done', { detail: this.done, bubbles: true, composed: true }));
    } else {
      this.phase = 'open';
    }
  };

  private async show(phase: 'closed' | 'open', focus: string): Promise<void> {
    this.phase = phase;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(focus)?.focus();
  }
}

export type Done = CustomEvent<string>;
