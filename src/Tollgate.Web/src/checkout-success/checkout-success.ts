import '../text/english';
import { define } from '../look/page-wide';
import { CheckoutSuccess } from './checkout-success.component';

define('tg-checkout-success', CheckoutSuccess);

declare global {
  interface HTMLElementTagNameMap {
    'tg-checkout-success': CheckoutSuccess;
  }
}
