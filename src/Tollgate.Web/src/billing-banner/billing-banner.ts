import '../portal/portal';
import '../text/english';
import { define } from '../look/page-wide';
import { BillingBanner } from './billing-banner.component';

define('tg-billing-banner', BillingBanner);

declare global {
  interface HTMLElementTagNameMap {
    'tg-billing-banner': BillingBanner;
  }
}
