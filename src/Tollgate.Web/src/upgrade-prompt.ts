import './upgrade-prompt/upgrade-prompt';
import { followTheme } from './look/theme';

// for a page that shows a limit and no plans: the prompt alone, in less than half the bytes of the whole module
followTheme(['tg-upgrade-prompt']);

export { refreshBilling } from './api/feed';
export { setMessages } from './text/wording';
export type { Messages } from './text/en';
