// The header of every page, and the few words with which pages are made.
import { call, link, make, signIn } from '/tollgate/pages.js';

export { follow, make } from '/tollgate/pages.js';

const places = [
  { name: 'Importers', path: '/', under: ['/', '/importer'] },
  { name: 'Imports', path: '/imports', under: ['/imports'] },
];
const billing = { name: 'Billing', path: '/settings/billing', under: ['/settings/billing', '/billing/success'] };
const account = { name: 'Account', path: '/settings/account', under: ['/settings/account'] };
const admin = { name: 'Users', path: '/admin', under: ['/admin'] };

class ImportCsvHeader extends HTMLElement {
  connectedCallback() {
    const nav = make('nav', { ariaLabel: 'ImportCSV' }, ...places.map(link));
    const who = make('div', { className: 'who' });
    const home = make('a', { className: 'wordmark', href: '/' }, mark(), 'ImportCSV');
    this.replaceChildren(make('header', {}, make('div', { className: 'wrap bar' }, home, nav, who)));
    this.introduce(nav, who);
  }

  async introduce(nav, who) {
    const { status, body } = await call('GET', '/api/me');
    if (status === 401) {
      signIn();
      return;
    }
    if (body?.cloud) {
      nav.append(link(billing));
    }
    if (body?.cloud && body.admin) {
      nav.append(link(admin));
    }
    const out = make('button', { className: 'plain', type: 'button' }, 'Sign out');
    out.addEventListener('click', async () => {
      out.disabled = true;
      await call('POST', '/api/auth/logout');
      location.assign('/sign-in');
    });
    who.replaceChildren(link({ ...account, name: body?.email ?? account.name }), out);
  }
}

export const number = (value) => new Intl.NumberFormat('en-US').format(value);

export const day = (value) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));

/** A button that waits for what it started, and says beside itself what went wrong. */
export function action(button, run, say) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    const wrong = await run();
    button.disabled = false;
    if (wrong) {
      say(wrong);
    }
  });
  return button;
}

function mark() {
  return make('img', { src: '/importcsv.svg', alt: '', width: 26, height: 26 });
}

customElements.define('importcsv-header', ImportCsvHeader);
