import '../text/english';
import { define } from '../look/page-wide';
import { SeatEditor } from './seat-editor.component';

define('tg-seat-editor', SeatEditor);

declare global {
  interface HTMLElementTagNameMap {
    'tg-seat-editor': SeatEditor;
  }
}
