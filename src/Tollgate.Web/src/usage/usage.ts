import '../text/english';
import { define } from '../look/page-wide';
import { Usage } from './usage.component';

define('tg-usage', Usage);

declare global {
  interface HTMLElementTagNameMap {
    'tg-usage': Usage;
  }
}
