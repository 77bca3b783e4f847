import '../text/english';
import { define } from '../look/page-wide';
import { ScheduledChange } from './scheduled-change.component';

define('tg-scheduled-change', ScheduledChange);

declare global {
  interface HTMLElementTagNameMap {
    'tg-scheduled-change': ScheduledChange;
  }
}
