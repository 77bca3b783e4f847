import '../portal/portal';
import '../seat-editor/seat-editor';
import { SeatChange } from './seat-change.component';

customElements.define('tg-seat-change', SeatChange);

declare global {
  interface HTMLElementTagNameMap {
    'tg-seat-change': SeatChange;
  }
}
