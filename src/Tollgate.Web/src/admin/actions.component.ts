import { html, nothing, type TemplateResult } from 'lit';
import { AdminElement } from './admin-element';
import { Listing } from './listing';
import { act, type Action, readActions, type Switch } from './read-admin';

/** The switch of billing, and all that administrators did: who, what, why, and how it ended. */
export class AdminActions extends AdminElement {
  private readonly actions = new Listing(this, (next) => readActions(`${this.endpoint}/actions?${next ?? ''}`));

  protected override render(): TemplateResult {
    const billing = this.actions.rest;
    return html`<div class="cards">
      ${this.saidLine()} ${billing ? this.switch(billing) : nothing}
      <section class="card stack" aria-labelledby="actions">
        <h2 id="actions">${this.words.actions}</h2>
        ${this.list(this.actions, (action) => this.action(action), this.words.noActions)}
      </section>
    </div>`;
  }

  private switch({ isOn, isOffByEnvironment }: Switch): TemplateResult {
    const label = isOn ? this.words.turnOff : this.words.turnOn;
    const run = (why: string) => act(`${this.endpoint}/switch`, { on: !isOn, why });
    return html`<section class="card stack">
      <h2 id="billing">${isOn ? this.words.billingIsOn : this.words.billingIsOff}</h2>
      ${isOffByEnvironment ? html`<p class="muted">${this.words.offByEnvironment}</p>` : nothing}
      <tg-admin-act
        label=${label}
        done=${this.words.switched}
        .run=${run}
        @tg-done=${(event: Event) => void this.did(event, this.actions)}
      ></tg-admin-act>
    </section>`;
  }

  private action(action: Action): TemplateResult {
    const ended = action.outcome ?? this.words.underWay;
    return html`<div class="row between">
      <div class="words">
        <b>${action.action} ${action.subject}${action.account ? html` · ${action.account}` : nothing}</b>
        <span>${action.why}</span>
        <span class="muted small">${this.words.by} ${action.author} · ${this.time(action.at)}</span>
      </div>
      <span class=${ended === 'done' ? 'tag' : 'tag warn'}>${ended}</span>
    </div>`;
  }
}
