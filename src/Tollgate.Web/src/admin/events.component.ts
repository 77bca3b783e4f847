import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Answer } from '../api/answer';
import { AdminElement } from './admin-element';
import { Listing } from './listing';
import { act, type InboxEvent, type Payload, readEvents, readPayload } from './read-admin';

const states = ['received', 'waiting', 'parked', 'applied', 'ignored', 'quarantined', 'dead'];

/** The inbox: what Stripe sent, what became of it, and once more from the beginning. */
export class AdminEvents extends AdminElement {
  /** The event whose payload is shown, and that payload once it is here. */
  @state() private opened: { readonly id: string; readonly answer: Answer<Payload> | null } | null = null;

  private filter = new URLSearchParams();
  private readonly events = new Listing(this, (next) =>
    readEvents(`${this.endpoint}/events?${this.filter}&${next ?? ''}`),
  );

  protected override render(): TemplateResult {
    return html`<section class="card stack" aria-label=${this.words.events}>
      <form class="ask" @submit=${this.find}>
        <label class="field">
          <span>${this.words.state}</span>
          <select name="state">
            <option value="">${this.words.anyState}</option>
            ${states.map((one) => html`<option translate="no">${one}</option>`)}
          </select>
        </label>
        <label class="field">
          <span>${this.words.type}</span>
          <input name="type" placeholder="invoice.paid" translate="no" autocomplete="off" spellcheck="false" />
        </label>
        <label class="field">
          <span>${this.words.account}</span>
          <input name="account" autocomplete="off" spellcheck="false" />
        </label>
        <button class="button" type="submit">${this.words.filter}</button>
      </form>
      ${this.saidLine()} ${this.list(this.events, (event) => this.event(event), this.words.noEvents)}
    </section>`;
  }

  private event(event: InboxEvent): TemplateResult {
    const isOpen = this.opened?.id === event.id;
    return html`<div class="stack">
      <div class="row between">
        <div class="words">
          <b>${event.type}</b>
          <span class="muted small">
            <code>${event.id}</code> · ${event.account ?? '-'} · ${this.time(event.receivedAt)}
          </span>
          ${event.reason ? html`<span class="small">${event.reason}</span>` : nothing}
        </div>
        <div class="row">
          ${event.attempts > 1
            ? html`<span class="muted small">${this.words.attempts(event.attempts, this.format)}</span>`
            : nothing}
          <span class=${`tag ${toneOf(event.state)}`}>${event.state}</span>
          <button
            class="link small"
            type="button"
            aria-expanded=${isOpen ? 'true' : 'false'}
            aria-label=${this.words.payloadOf(event.id)}
            @click=${() => (isOpen ? (this.opened = null) : void this.open(event.id))}
          >
            ${this.words.payload}
          </button>
        </div>
      </div>
      ${isOpen ? this.payload(event.id) : nothing}
    </div>`;
  }

  private payload(id: string): TemplateResult {
    const answer = this.opened?.answer ?? null;
    if (answer === null) {
      return this.skeleton();
    }
    if (!answer.ok) {
      return this.refusal(answer.problem, () => void this.open(id));
    }
    return html`<p class="muted small">${this.words.payloadHint}</p>
      <pre translate="no" tabindex="0" role="region" aria-label=${this.words.payloadOf(id)}>${answer.value.json}</pre>
      ${answer.value.canReplay
        ? html`<tg-admin-act
            label=${this.words.replay}
            done=${this.words.replayed(id)}
            .run=${(why: string) => act(`${this.pathOf(id)}/replay`, { why })}
            @tg-done=${(event: Event) => void this.did(event, this.events)}
          ></tg-admin-act>`
        : nothing}`;
  }

  private async open(id: string): Promise<void> {
    this.opened = { id, answer: null };
    const answer = await readPayload(this.pathOf(id));
    // another one may have been opened meanwhile
    if (this.opened?.id === id) {
      this.opened = { id, answer };
    }
  }

  private pathOf(id: string): string {
    return `${this.endpoint}/events/${encodeURIComponent(id)}`;
  }

  private readonly find = (event: Event): void => {
    event.preventDefault();
    const given = [...new FormData(event.target as HTMLFormElement)].map(([name, value]) => [name, `${value}`.trim()]);
    this.filter = new URLSearchParams(given);
    void this.events.reload();
  };
}

function toneOf(of: string): string {
  return of === 'dead' || of === 'quarantined' ? 'bad' : of === 'parked' || of === 'waiting' ? 'warn' : 'plain';
}
