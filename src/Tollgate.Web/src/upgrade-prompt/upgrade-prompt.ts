import { UpgradePrompt } from './upgrade-prompt.component';

customElements.define('tg-upgrade-prompt', UpgradePrompt);

declare global {
  interface HTMLElementTagNameMap {
    'tg-upgrade-prompt': UpgradePrompt;
  }
}
