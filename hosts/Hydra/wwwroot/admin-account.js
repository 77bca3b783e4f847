// One account, named by the address.
import './hydra.js';

document.querySelector('tg-admin-account').account = new URLSearchParams(location.search).get('account') ?? '';
