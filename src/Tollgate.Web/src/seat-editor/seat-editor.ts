import { SeatEditor } from './seat-editor.component';

customElements.define('tg-seat-editor', SeatEditor);

declare global {
  interface HTMLElementTagNameMap {
    'tg-seat-editor': SeatEditor;
  }
}
