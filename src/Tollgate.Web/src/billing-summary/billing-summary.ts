import '../portal/portal';
import { BillingSummary } from './billing-summary.component';

customElements.define('tg-billing-summary', BillingSummary);

declare global {
  interface HTMLElementTagNameMap {
    'tg-billing-summary': BillingSummary;
  }
}
