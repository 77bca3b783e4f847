import { call } from '/tollgate/pages.js';
import { make } from './importcsv.js';

const asked = new URLSearchParams(location.search);
const { ok, message } = await call('POST', '/api/auth/confirm', {
  body: { user: asked.get('user') ?? '', code: asked.get('code') ?? '' },
});
// the code does not stay in the address, nor in the history
history.replaceState(null, '', '/confirm');
document
  .getElementById('answer')
  .replaceChildren(
    make('h1', {}, ok ? 'Your e-mail is confirmed' : 'That did not work'),
    make('p', {}, ok ? 'Welcome to ImportCSV.' : message),
    make('a', { className: 'button', href: '/sign-in' }, 'Sign in'),
  );
