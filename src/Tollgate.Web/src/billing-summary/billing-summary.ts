import '../portal/portal';
import '../scheduled-change/scheduled-change';
import '../text/english';
import { define } from '../look/page-wide';
import { BillingSummary } from './billing-summary.component';

define('tg-billing-summary', BillingSummary);

declare global {
  interface HTMLElementTagNameMap {
    'tg-billing-summary': BillingSummary;
  }
}
