import '../text/english';
import { define } from '../look/page-wide';
import { Portal } from './portal.component';

define('tg-portal', Portal);

declare global {
  interface HTMLElementTagNameMap {
    'tg-portal': Portal;
  }
}
