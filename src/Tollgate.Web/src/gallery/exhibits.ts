import type { Exhibit } from './state';
import { billingBanner, billingSummary, scheduledChange, upgradePrompt, usage } from './states/account';
import { administration } from './states/admin';
import { checkoutSuccess, invoices, portal } from './states/checkout';
import { planTable, seatChange, seatEditor } from './states/plans';

/** Every component of the billing pages, in every state. */
export const billing: readonly Exhibit[] = [
  planTable,
  billingSummary,
  billingBanner,
  upgradePrompt,
  usage,
  seatChange,
  seatEditor,
  scheduledChange,
  checkoutSuccess,
  invoices,
  portal,
];

export { administration };
