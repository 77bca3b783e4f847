import { Portal } from './portal.component';

customElements.define('tg-portal', Portal);

declare global {
  interface HTMLElementTagNameMap {
    'tg-portal': Portal;
  }
}
