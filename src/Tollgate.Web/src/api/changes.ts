import type { Answer } from './answer';
import { bag, list, Malformed, signed, text, whole } from './read';
import { post } from './request';

/** Other seats on the plan that holds, or another plan with the seats that hold. */
export type Change = { readonly seats: number } | { readonly priceId: string };

/** What a change would cost; amounts in minor units of `currency`, a credit below 0. */
export interface Quote {
  readonly currency: string;
  /** Names this quote when it is accepted. */
  readonly prorationDate: number;
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

/** Changes exactly as quoted. Said twice it is done once, so it may be repeated when no answer came. */
export function applyChange(api: string, change: Change, prorationDate: number): Promise<Answer<null>> {
  const body = { ...bodyOf(change), preview: false, proration_date: prorationDate };
  return post(urlOf(api, change), body, (answer) => {
    if (text(bag(answer, 'change'), 'status') !== 'updated') {
      throw new Malformed('status is not updated');
    }
    return null;
  });
}

function urlOf(api: string, change: Change): string {
  return 'seats' in change ? `${api}/seats` : `${api}/upgrade`;
}

function bodyOf(change: Change): object {
  return 'seats' in change ? { seat_count: change.seats } : { price_id: change.priceId };
}

function readQuote(body: unknown): Quote {
  const from = bag(body, 'quote');
  return {
    currency: text(from, 'currency'),
    prorationDate: whole(from, 'proration_date'),
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
