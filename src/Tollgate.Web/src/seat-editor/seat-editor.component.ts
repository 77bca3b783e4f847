import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { nounOf, type Nouns } from '../api/nouns';
import { TollgateElement } from '../look/tollgate-element';
import { seatEditorStyles } from './seat-editor.styles';

/** `seats` is null while what stands in the field is no number within the range. */
export type SeatsChange = CustomEvent<{ readonly seats: number | null }>;

/**
 * A number of seats, typed or stepped.
 *
 * @event tg-seats-change the user changed the number; detail `{ seats: number | null }`
 */
export class SeatEditor extends TollgateElement {
  static override styles = [TollgateElement.styles, seatEditorStyles];

  @property({ type: Number }) value = 1;
  @property({ type: Number }) minimum = 1;
  @property({ type: Number }) maximum = 500;
  /** How many are in use now; shown as the reason for the least number. 0 shows nothing. */
  @property({ type: Number, attribute: 'in-use' }) inUse = 0;
  /** Who sits on a seat, by language; members by default. */
  @property({ attribute: false }) holder: Nouns = {};
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** What stands in the field while it is no valid number. */
  @state() private wrong: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value')) {
      this.wrong = null;
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="row between">
        <label for="seats">${this.say.seats}</label>
        <span class="stepper">
          ${this.step(-1, '\u2212', this.say.oneSeatFewer, this.value <= this.minimum)}
          <input
            id="seats"
            type="number"
            inputmode="numeric"
            autocomplete="off"
            step="1"
            min=${this.minimum}
            max=${this.maximum}
            aria-describedby="hint"
            aria-invalid=${this.wrong === null ? 'false' : 'true'}
            ?disabled=${this.disabled}
            .value=${this.wrong ?? String(this.value)}
            @input=${this.typed}
            @change=${this.settled}
          />
          ${this.step(1, '+', this.say.oneSeatMore, this.value >= this.maximum)}
        </span>
      </div>
      ${this.hint()}`;
  }

  private step(by: number, sign: string, name: string, atEnd: boolean): TemplateResult {
    // aria-disabled and not disabled: the end of the range must not take the keyboard's focus away
    return html`<button
      class="step"
      type="button"
      aria-label=${name}
      aria-disabled=${atEnd || this.disabled ? 'true' : 'false'}
      @click=${() => this.stepBy(by)}
    >
      <span aria-hidden="true">${sign}</span>
    </button>`;
  }

  private hint(): TemplateResult {
    const { say, format } = this;
    const active = this.minimum === this.inUse ? say.seatsMin : say.activeToday;
    const who = nounOf(this.holder, format.locale) ?? say.seatHolder;
    const usual = this.inUse > 0 ? active(this.inUse, who, format) : nothing;
    const wrong = this.wrong !== null;
    return html`<p id="hint" class=${wrong ? 'hint small wrong' : 'hint small muted'} role=${wrong ? 'alert' : nothing}>
      ${wrong ? say.seatRange(this.minimum, this.maximum, format) : usual}
    </p>`;
  }

  private stepBy(by: number): void {
    const next = this.within(this.value + by);
    if (!this.disabled && next !== this.value) {
      this.take(next);
    }
  }

  private typed(event: Event): void {
    const typed = (event.target as HTMLInputElement).value;
    const seats = /^\d{1,9}$/.test(typed) ? Number(typed) : NaN;
    if (seats === this.within(seats)) {
      this.take(seats);
    } else {
      this.wrong = typed;
      this.emit(null);
    }
  }

  /** Left or confirmed with Enter: what is out of range goes to the nearest end, what is no number goes back. */
  private settled(): void {
    if (this.wrong !== null) {
      const seats = /^-?\d{1,9}$/.test(this.wrong) ? this.within(Number(this.wrong)) : this.value;
      this.take(seats);
    }
  }

  private take(seats: number): void {
    this.value = seats;
    this.wrong = null;
    this.emit(seats);
  }

  private within(seats: number): number {
    return Math.min(Math.max(seats, this.minimum), this.maximum);
  }

  private emit(seats: number | null): void {
    const detail = { seats };
    this.dispatchEvent(new CustomEvent('tg-seats-change', { detail, bubbles: true, composed: true }));
  }
}
