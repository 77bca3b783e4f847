import { bag, currency, moment, optionalText, text, whole } from '../api/read';

/** A refund, or a dispute of a payment. */
export interface RefundOrDispute {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly status: string;
  readonly at: Date;
}

export function refundOrDispute(value: unknown): RefundOrDispute {
  const from = bag(value, 'refund or dispute');
  const amount = bag(from['amount'], 'amount');
  return {
    id: text(from, 'id'),
    kind: text(from, 'kind'),
    amount: whole(amount, 'amount_minor'),
    currency: currency(amount, 'currency'),
    reason: optionalText(from, 'reason'),
    status: text(from, 'status'),
    at: moment(from, 'at'),
  };
}
