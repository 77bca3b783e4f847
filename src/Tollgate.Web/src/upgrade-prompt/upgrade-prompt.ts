import '../text/english-prompt';
import { define } from '../look/page-wide';
import { UpgradePrompt } from './upgrade-prompt.component';

define('tg-upgrade-prompt', UpgradePrompt);

declare global {
  interface HTMLElementTagNameMap {
    'tg-upgrade-prompt': UpgradePrompt;
  }
}
