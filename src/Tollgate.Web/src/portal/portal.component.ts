import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ownProblem, type Problem } from '../api/answer';
import { stripeLocation } from '../api/links';
import { openPortal } from '../api/portal';
import { TollgateElement } from '../look/tollgate-element';

/**
 * The button to Stripe's portal: card, invoices, cancellation. Each click opens a new session.
 *
 * @event tg-portal the portal is about to open; detail `{ url: string }`; cancel it to open the page yourself
 * @event tg-portal-refused it cannot be opened; detail `{ code: string }`; cancel it to say so yourself
 */
export class Portal extends TollgateElement {
  /** What the button says; "Manage subscription" by default. */
  @property() label = '';
  /** The one thing to do next, where it stands: filled instead of quiet. */
  @property({ type: Boolean }) primary = false;
  /** Leaves for the portal. For tests, and for hosts that navigate in their own way. */
  @property({ attribute: false }) navigate = (url: URL): void => location.assign(url);

  @state() private busy = false;
  @state() private refusal: Problem | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pageshow', this.cameBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pageshow', this.cameBack);
  }

  protected override render(): TemplateResult {
    const { say, busy, refusal } = this;
    return html`<div class="stack">
      ${refusal ? this.problemNote(refusal) : nothing}
      <div>
        <button
          class=${this.primary ? 'button' : 'button quiet'}
          type="button"
          aria-disabled=${busy ? 'true' : 'false'}
          @click=${this.open}
        >
          ${busy
            ? html`<span class="spinner" aria-hidden="true"></span>${say.openingPortal}`
            : this.label || say.manageSubscription}
        </button>
      </div>
    </div>`;
  }

  private readonly open = async (): Promise<void> => {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.refusal = null;
    const answer = await openPortal(this.endpoint);
    const url = answer.ok ? stripeLocation(answer.value, location) : null;
    if (url === null) {
      this.busy = false;
      const problem = answer.ok ? ownProblem('unsafe_portal') : answer.problem;
      this.refusal = this.emit('tg-portal-refused', { code: problem.code }) ? problem : null;
    } else if (this.emit('tg-portal', { url: url.href })) {
      this.navigate(url); // the button stays off until the page is gone
    } else {
      this.busy = false;
    }
  };

  /** The back button may show this very page again, frozen as it was left. */
  private readonly cameBack = (event: PageTransitionEvent): void => {
    if (event.persisted) {
      this.busy = false;
    }
  };

  private emit(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}
