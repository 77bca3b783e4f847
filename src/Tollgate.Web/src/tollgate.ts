import './billing-banner/billing-banner';
import './billing-summary/billing-summary';
import './checkout-success/checkout-success';
import './invoices/invoices';
import './plan-table/plan-table';
import './portal/portal';
import './scheduled-change/scheduled-change';
import './seat-change/seat-change';
import './seat-editor/seat-editor';
import './upgrade-prompt/upgrade-prompt';
import './usage/usage';
import { followTheme } from './look/theme';

followTheme([
  'tg-billing-banner',
  'tg-billing-summary',
  'tg-checkout-success',
  'tg-invoices',
  'tg-plan-table',
  'tg-portal',
  'tg-scheduled-change',
  'tg-seat-change',
  'tg-seat-editor',
  'tg-upgrade-prompt',
  'tg-usage',
]);

export { refreshBilling } from './api/feed';
export { setMessages } from './text/wording';
export type { Messages } from './text/en';
