// The header of every page: where one is, who one is, and the way out.
import { call, link, make, signIn } from '/tollgate/pages.js';

export { make } from '/tollgate/pages.js';

const places = [
  { name: 'Workflows', path: '/', under: ['/'] },
  { name: 'Repositories', path: '/repos', under: ['/repos'] },
  { name: 'Jira', path: '/jira', under: ['/jira'] },
  { name: 'Billing', path: '/settings/billing', under: ['/settings/billing', '/billing/upgrade', '/billing/success'] },
];

const adminPlaces = [
  { name: 'Accounts', path: '/admin', under: ['/admin', '/admin/account'] },
  { name: 'Inbox', path: '/admin/inbox', under: ['/admin/inbox'] },
  { name: 'Drift', path: '/admin/drift', under: ['/admin/drift'] },
  { name: 'Figures', path: '/admin/figures', under: ['/admin/figures'] },
  { name: 'Log', path: '/admin/log', under: ['/admin/log'] },
];

const isAdminPage = /^\/admin(\/|$)/.test(location.pathname);

class HydraHeader extends HTMLElement {
  connectedCallback() {
    const who = make('div', { className: 'who' });
    const home = make('a', { className: 'wordmark', href: '/' }, mark(), 'Hydra');
    const nav = make('nav', { ariaLabel: 'Hydra' }, ...(isAdminPage ? adminPlaces : places).map(link));
    this.replaceChildren(make('header', {}, make('div', { className: 'wrap bar' }, home, nav, who)));
    this.introduce(who, nav);
  }

  async introduce(who, nav) {
    const { status, body } = await call('GET', '/api/me');
    if (status === 401) {
      signIn();
      return;
    }
    const isAdmin = body?.admin === true;
    if (isAdmin && !body.tenant && !isAdminPage) {
      // who belongs to no tenant has nothing to see but everybody's billing
      location.replace('/admin');
      return;
    }
    if (isAdmin && !isAdminPage) {
      nav.append(link({ name: 'Administration', path: '/admin', under: [] }));
    }
    const tenant = make('b', {}, text(body?.tenant?.name ?? (isAdmin ? 'Administration' : '')));
    const email = make('span', { className: 'muted email' }, text(body?.email));
    const out = make('button', { className: 'plain', type: 'button' }, 'Sign out');
    out.addEventListener('click', () => this.signOut(out));
    who.replaceChildren(make('span', { className: 'names' }, tenant, email), out);
  }

  async signOut(button) {
    button.disabled = true;
    const { ok, status } = await call('POST', '/api/auth/logout');
    if (ok || status === 401) {
      location.assign('/sign-in');
    } else {
      button.disabled = false;
      button.textContent = 'Try again to sign out';
    }
  }
}

function mark() {
  return make('img', { src: '/hydra.svg', alt: '', width: 24, height: 24 });
}

function text(value) {
  return typeof value === 'string' ? value : '';
}

customElements.define('hydra-header', HydraHeader);
