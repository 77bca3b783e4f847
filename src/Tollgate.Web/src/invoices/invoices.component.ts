import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { FeedController, statusFeed } from '../api/feed';
import type { Status } from '../api/status';
import { TollgateElement } from '../look/tollgate-element';
import { shortDate } from '../text/format';

/** Where the invoices are: on Stripe's page, which keeps and explains them. Says when the next one comes. */
export class Invoices extends TollgateElement {
  /** Stripe knows no customer: nothing was ever bought. */
  @state() private isNone = false;

  private readonly feed = new FeedController(this, () => statusFeed(this.endpoint));

  protected override render(): TemplateResult {
    const { say, format } = this;
    const answer = this.feed.current;
    const next = answer?.ok ? nextInvoice(answer.value) : null;
    return html`<section class="card stack" aria-labelledby="title">
      <div class="row between">
        <h2 id="title">${say.invoices}</h2>
        <span class="muted number">${next ? say.nextInvoiceOn(shortDate(format, next)) : nothing}</span>
      </div>
      <p class="muted" role="status">${this.isNone ? say.noInvoices : say.invoicesMore}</p>
      <tg-portal .api=${this.api} .label=${say.seeInvoices} @tg-portal-refused=${this.refused}></tg-portal>
    </section>`;
  }

  private readonly refused = (event: CustomEvent<{ readonly code: string }>): void => {
    this.isNone = event.detail.code === 'no_customer';
    if (this.isNone) {
      event.preventDefault(); // no failure: said in the card's own words
    }
  };
}

function nextInvoice(status: Status): Date | null {
  const renews = status.kind === 'paid' && status.status === 'active' && status.endsAt === null;
  return renews && status.billingEnabled ? (status.trialEndsAt ?? status.periodEnd) : null;
}
