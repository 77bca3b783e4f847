import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Problem } from '../api/answer';
import type { Quote } from '../api/changes';
import { stripeLocation } from '../api/links';
import { problemNote } from '../look/problem-note';
import type { Messages } from '../text/en';
import { type Format, shortDate } from '../text/format';
import { type ChangeController, isOver } from './change';

type Part = TemplateResult | typeof nothing;

/** Refusals that are resolved in the portal: a card, an open invoice, something arranged for the end of the period. */
const resolvedInPortal = ['payment_declined', 'payment_outstanding', 'change_scheduled'];

/** What a change costs, line by line, and the button that makes it; in its place, why it cannot be. */
export function changePart(change: ChangeController, say: Messages, format: Format, api: string): Part {
  const { quote, problem } = change;
  const refusal = problem ? problemNote(problem, say, nextStep(change, problem, say, api)) : nothing;
  return html`${quote ? quotePart(quote, say, format) : nothing} ${refusal}
  ${quote ? buttons(change, quote, say, format) : nothing} ${waitingPart(change, say)}`;
}

function waitingPart({ phase, confirmAt }: ChangeController, say: Messages): Part {
  return phase === 'waiting'
    ? html`<div class="note warn" role="status"><p>${say.bankAsks} ${confirmLink(confirmAt, say)}</p></div>`
    : nothing;
}

/** The way to Stripe's page where the bank asks; nothing where the answer named another place. */
export function confirmLink(confirmAt: string | null, say: Messages): Part {
  const page = confirmAt === null ? null : stripeLocation(confirmAt, location);
  return page ? html`<a href=${page.href}>${say.confirmPayment}</a>` : nothing;
}

function quotePart(quote: Quote, say: Messages, format: Format): TemplateResult {
  const money = (minor: number) => format.money(minor, quote.currency);
  const row = (name: string, minor: number) => html`<span>${name}</span><span class="number">${money(minor)}</span>`;
  return html`<section id="quote" class="quote" tabindex="-1" aria-labelledby="changes" ${ref(takeFocus)}>
    <h3 id="changes">${say.whatChanges}</h3>
    <ul class="muted small">
      ${quote.lines.map((line) => html`<li>${row(line.description, line.amount)}</li>`)}
    </ul>
    <p class="sum">${row(say.dueNow, quote.dueNow)}</p>
    <p>${row(quote.at ? say.invoicesFrom(shortDate(format, quote.at)) : say.nextInvoice, quote.nextInvoiceTotal)}</p>
  </section>`;
}

function buttons(change: ChangeController, quote: Quote, say: Messages, format: Format): TemplateResult {
  const pay = quote.dueNow > 0;
  const label = pay ? say.confirmAndPay(format.money(quote.dueNow, quote.currency)) : say.confirmChange;
  const off = change.busy ? 'true' : 'false';
  return html`<div class="choices">
    <button class="button" type="button" aria-disabled=${off} @click=${() => void change.confirm()}>
      ${change.busy ? html`<span class="spinner" aria-hidden="true"></span>${say.changing}` : label}
    </button>
    <button class="button quiet" type="button" aria-disabled=${off} @click=${() => change.busy || change.forget()}>
      ${say.keepAsIs}
    </button>
  </div>`;
}

function nextStep(change: ChangeController, problem: Problem, say: Messages, api: string): Part {
  const { requested } = change;
  if (isOver(problem) && requested) {
    const ask = () => void change.preview(requested);
    return html`<button class="link" type="button" @click=${ask}>${say.newPreview}</button>`;
  }
  if (problem.code === 'interval_switch' && requested && 'priceId' in requested) {
    const ask = () => void change.preview({ ...requested, later: true });
    return html`<button class="link" type="button" @click=${ask}>${say.arrangeInstead}</button>`;
  }
  const label = problem.code === 'change_scheduled' ? say.manageSubscription : say.updateCard;
  return resolvedInPortal.includes(problem.code) ? html`<tg-portal .api=${api} .label=${label}></tg-portal>` : nothing;
}

/**
 * The button that asked is gone: the keyboard goes on at the answer. Not at its button, which Enter held down would
 * press.
 */
function takeFocus(quote?: Element): void {
  queueMicrotask(() => quote instanceof HTMLElement && quote.focus());
}
