import { Usage } from './usage.component';

customElements.define('tg-usage', Usage);

declare global {
  interface HTMLElementTagNameMap {
    'tg-usage': Usage;
  }
}
