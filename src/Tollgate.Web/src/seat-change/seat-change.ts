import '../portal/portal';
import '../seat-editor/seat-editor';
import '../text/english';
import { define } from '../look/page-wide';
import { SeatChange } from './seat-change.component';

define('tg-seat-change', SeatChange);

declare global {
  interface HTMLElementTagNameMap {
    'tg-seat-change': SeatChange;
  }
}
