import './text/english-admin';
import { AdminAccount } from './admin/account.component';
import { AdminAccounts } from './admin/accounts.component';
import { AdminAct } from './admin/act.component';
import { AdminActions } from './admin/actions.component';
import { AdminDrift } from './admin/drift.component';
import { AdminEvents } from './admin/events.component';
import { AdminFigures } from './admin/figures.component';
import { define } from './look/page-wide';
import { followTheme } from './look/theme';

// a module apart from tollgate.ts: who buys a plan does not wait for an administrator's pages
const elements = {
  'tg-admin-account': AdminAccount,
  'tg-admin-accounts': AdminAccounts,
  'tg-admin-act': AdminAct,
  'tg-admin-actions': AdminActions,
  'tg-admin-drift': AdminDrift,
  'tg-admin-events': AdminEvents,
  'tg-admin-figures': AdminFigures,
};

for (const [name, element] of Object.entries(elements)) {
  define(name, element);
}

followTheme(Object.keys(elements));

declare global {
  interface HTMLElementTagNameMap {
    'tg-admin-account': AdminAccount;
    'tg-admin-accounts': AdminAccounts;
    'tg-admin-act': AdminAct;
    'tg-admin-actions': AdminActions;
    'tg-admin-drift': AdminDrift;
    'tg-admin-events': AdminEvents;
    'tg-admin-figures': AdminFigures;
  }
}

export { setAdminMessages } from './text/admin-wording';
export { setMessages } from './text/wording';
