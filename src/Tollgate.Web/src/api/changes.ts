import type { Answer } from './answer';
import { bag, currency, list, Malformed, moment, signed, text, whole } from './read';
import { post, remove } from './request';

/** Other seats on the plan that holds, or another plan with the seats that hold: now, or when the period ends. */
export type Change = { readonly seats: number } | { readonly priceId: string; readonly later?: boolean };

/** What a change would cost; amounts in minor units of `currency`, a credit below 0. */
export interface Quote {
  readonly currency: string;
  /** Names this quote when it is accepted; null where nothing is due before the end of the period. */
  readonly prorationDate: number | null;
  /** When the change comes; null for at once. */
  readonly at: Date | null;
  readonly lines: readonly QuotedLine[];
  readonly dueNow: number;
  readonly nextInvoiceTotal: number;
}

export interface QuotedLine {
  readonly description: string;
  readonly amount: number;
}

export function previewChange(api: string, change: Change): Promise<Answer<Quote>> {
  return post(urlOf(api, change), { ...bodyOf(change), preview: true }, readQuote);
}

/** How a change came about; with `confirmAt` it waits until the payment is confirmed on that page of Stripe's. */
export interface Made {
  readonly confirmAt: string | null;
}

/** Changes exactly as quoted. Said twice it is done once, so it may be repeated when no answer came. */
export function applyChange(api: string, change: Change, { prorationDate }: Quote): Promise<Answer<Made>> {
  const date = prorationDate === null ? {} : { proration_date: prorationDate };
  return post(urlOf(api, change), { ...bodyOf(change), preview: false, ...date }, readDone);
}

/** Takes back what waits for its payment, or for the end of the period. */
export function takeBackChange(api: string): Promise<Answer<Made>> {
  return remove(`${api}/upgrade`, readDone);
}

function urlOf(api: string, change: Change): string {
  return 'seats' in change ? `${api}/seats` : `${api}/upgrade`;
}

function bodyOf(change: Change): object {
  if ('seats' in change) {
    return { seat_count: change.seats };
  }
  return { price_id: change.priceId, ...(change.later ? { effective: 'period_end' } : {}) };
}

function readDone(answer: unknown): Made {
  const from = bag(answer, 'change');
  switch (text(from, 'status')) {
    case 'updated':
    case 'scheduled':
      return { confirmAt: null };
    case 'requires_action':
      return { confirmAt: text(from, 'payment_url') };
    default:
      throw new Malformed('status says nothing of the change');
  }
}

function readQuote(body: unknown): Quote {
  const from = bag(body, 'quote');
  const later = from['effective_at'] !== undefined;
  return {
    currency: currency(from, 'currency'),
    prorationDate: later ? null : whole(from, 'proration_date'),
    at: later ? moment(from, 'effective_at') : null,
    lines: list(from, 'lines', readLine),
    dueNow: signed(from, 'due_now'),
    nextInvoiceTotal: signed(from, 'next_invoice_total'),
  };
}

function readLine(value: unknown): QuotedLine {
  const from = bag(value, 'line');
  const description = from['description'];
  return { description: typeof description === 'string' ? description : '', amount: signed(from, 'amount') };
}
