import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { TollgateElement } from '../look/tollgate-element';
import { check } from '../look/icons';
import { problemText } from '../text/problem-text';
import { checkoutSuccessStyles } from './checkout-success.styles';
import { CheckoutWatch } from './checkout-watch';

/** What one phase shows: a mark, two lines, and what can be done. */
interface Outcome {
  readonly mark: 'busy' | 'done' | 'open';
  readonly title: string;
  readonly more: string;
  readonly action?: TemplateResult;
}

/**
 * The page after Checkout: from the payment to the plan. It says "You're on ..." only when that is so.
 *
 * @slot next - where to go once the plan is there; a link to `continue-url` by default
 */
export class CheckoutSuccess extends TollgateElement {
  static override styles = [TollgateElement.styles, checkoutSuccessStyles];

  /** The Checkout session; `session_id` of the page's address by default. */
  @property({ attribute: 'session-id' }) sessionId = '';
  /** Seconds that are waited, while the page is seen, before it says that this takes longer than usual. */
  @property({ type: Number }) patience = 30;
  @property({ attribute: 'continue-url' }) continueUrl = '/';
  @property({ attribute: 'settings-url' }) settingsUrl = '/settings/billing';
  @property({ attribute: 'upgrade-url' }) upgradeUrl = '/billing/upgrade';

  private readonly watch = new CheckoutWatch(this);

  protected override willUpdate(_changed: PropertyValues): void {
    if (!this.hasUpdated) {
      this.begin();
    }
  }

  protected override render(): TemplateResult {
    const { mark, title, more, action } = this.outcome();
    return html`<div class="card outcome" aria-busy=${mark === 'busy' ? 'true' : 'false'}>
      <div class="said" role="status" aria-atomic="true">
        ${symbol(mark)}
        <div>
          <h2>${title}</h2>
          <p class="muted number">${more}</p>
        </div>
      </div>
      ${action ?? nothing}
    </div>`;
  }

  private outcome(): Outcome {
    const { say, watch } = this;
    const again = html`<button class="button quiet" type="button" @click=${this.begin}>${say.lookAgain}</button>`;
    // an unreachable server is said while it is tried again; a server that stumbles once is not worth a word
    const unreachable = watch.trouble?.code === 'unreachable' || watch.trouble?.code === 'too_slow';
    const waiting = (title: string, more: string): Outcome => ({
      mark: 'busy',
      title,
      more: unreachable ? say.reconnecting : more,
    });
    switch (watch.phase) {
      case 'asking':
        return waiting(say.confirming, say.confirmingMore);
      case 'pending':
        return waiting(say.paymentPending, say.paymentPendingMore);
      case 'provisioning':
        return waiting(say.paymentReceived, say.provisioning);
      case 'active':
        return this.reached();
      case 'late':
        return this.late(again);
      case 'unknown': {
        const action = link(this.settingsUrl, say.seeYourBilling);
        return { mark: 'open', title: say.unknownCheckout, more: say.unknownCheckoutMore, action };
      }
      case 'failed': {
        const more = watch.trouble ? problemText(watch.trouble, say) : say.unreachable;
        return { mark: 'open', title: say.cannotConfirm, more, action: again };
      }
    }
  }

  private reached(): Outcome {
    const { say, format } = this;
    const status = this.watch.reached;
    const seats = status?.seats ?? null;
    return {
      mark: 'done',
      title: status ? say.youAreOn(status.tierName) : say.upgradeReady,
      more: seats === null ? say.planWorks : `${say.seatCount(seats, format)}. ${say.planWorks}`,
      action: html`<slot name="next"><a class="button" href=${this.continueUrl}>${say.continue}</a></slot>`,
    };
  }

  private late(again: TemplateResult): Outcome {
    const { say, watch } = this;
    if (watch.paid) {
      return { mark: 'open', title: say.takingLonger, more: say.takingLongerMore, action: again };
    }
    if (watch.trouble) {
      return { mark: 'open', title: say.cannotConfirm, more: problemText(watch.trouble, say), action: again };
    }
    const action = html`<div class="row">${again}${link(this.upgradeUrl, say.seePlans)}</div>`;
    return { mark: 'open', title: say.stillPending, more: say.stillPendingMore, action };
  }

  private readonly begin = (): void => {
    const session = this.sessionId || new URLSearchParams(location.search).get('session_id') || '';
    this.watch.start(this.endpoint, session, this.patience * 1_000);
  };
}

function symbol(mark: Outcome['mark']): TemplateResult {
  switch (mark) {
    case 'busy':
      return html`<span class="mark"><span class="spinner" aria-hidden="true"></span></span>`;
    case 'done':
      return html`<span class="mark">${check}</span>`;
    case 'open':
      return html`<span class="mark warn" aria-hidden="true">!</span>`;
  }
}

function link(url: string, words: string): TemplateResult {
  return html`<a class="button quiet" href=${url}>${words}</a>`;
}
