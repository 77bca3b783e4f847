// The header of every page, and the few words with which pages are made.
import { call, signIn } from './api.js';

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

/** Text is text: nothing that is given here ever becomes markup. */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const number = (value) => new Intl.NumberFormat('en-US').format(value);

export const day = (value) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));

/** Follows an address of Stripe's, of our own or, on one's own machine, of the Sandbox's; nothing else. */
export function follow(address) {
  const url = new URL(address, location.origin);
  const isStripes = url.protocol === 'https:' && url.hostname.endsWith('.stripe.com');
  const isLocal = ['localhost', '127.0.0.1'].includes(url.hostname) && ['http:', 'https:'].includes(url.protocol);
  const isHome = ['localhost', '127.0.0.1'].includes(location.hostname);
  if (isStripes || url.origin === location.origin || (isLocal && isHome)) {
    location.assign(url.href);
    return true;
  }
  return false;
}

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

function link({ name, path, under }) {
  const anchor = make('a', { href: path }, name);
  if (under.includes(location.pathname)) {
    anchor.setAttribute('aria-current', location.pathname === path ? 'page' : 'true');
  }
  return anchor;
}

function mark() {
  return make('img', { src: '/importcsv.svg', alt: '', width: 26, height: 26 });
}

customElements.define('importcsv-header', ImportCsvHeader);
