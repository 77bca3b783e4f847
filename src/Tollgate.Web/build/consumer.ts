// What who installs the package writes: the types must let it through. Checked by check-package.js, never built.
import { refreshBilling, setMessages, type Messages } from '@tollgate/web';
import { setAdminMessages } from '@tollgate/web/admin';
import { currentStatus, watchStatus } from '@tollgate/web/status';
import '@tollgate/web/de';
import '@tollgate/web/upgrade-prompt';

const french: Partial<Messages> = { seats: 'Places', seatCount: (count, f) => f.number(count) };
setMessages('fr', french);
setAdminMessages('fr', { find: 'Chercher' });

const table = document.createElement('tg-plan-table');
table.interval = 'year';
table.seats = 3;
document.createElement('tg-upgrade-prompt').problem = { code: 'free_tier_limit_reached' };
document.createElement('tg-admin-account').account = 'acme';
watchStatus(() => {
  const answer = currentStatus();
  document.title = answer?.ok ? answer.value.tierName : (answer?.problem.code ?? 'loading');
})();
void refreshBilling('/api/billing');
