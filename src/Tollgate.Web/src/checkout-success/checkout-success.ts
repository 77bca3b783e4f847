import { CheckoutSuccess } from './checkout-success.component';

customElements.define('tg-checkout-success', CheckoutSuccess);

declare global {
  interface HTMLElementTagNameMap {
    'tg-checkout-success': CheckoutSuccess;
  }
}
