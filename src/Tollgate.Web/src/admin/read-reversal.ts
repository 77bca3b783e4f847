import { bag, currency, moment, optionalText, text, whole } from '../api/read';

/** Money that went back to the customer, or that their bank wants back. */
export interface Reversal {
  readonly id: string;
  readonly kind: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly status: string;
  readonly at: Date;
}

export function reversal(value: unknown): Reversal {
  const from = bag(value, 'reversal');
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
