import { call, returnPath } from '/tollgate/pages.js';
import { isCloud } from './edition.js';
import { make } from './importcsv.js';

const [form, email, password, wrong, again] = ['form', 'email', 'password', 'wrong', 'again'].map((id) =>
  document.getElementById(id),
);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  if (button.disabled) {
    return;
  }
  if (!email.validity.valid || !password.validity.valid) {
    say('Enter your e-mail and your password.');
    return;
  }
  button.disabled = true;
  wrong.hidden = true;
  const credentials = { email: email.value, password: password.value };
  const { ok, body, message } = await call('POST', '/api/auth/login', { body: credentials });
  if (ok) {
    location.replace(returnPath(new URLSearchParams(location.search).get('return'), location.origin));
    return;
  }
  button.disabled = false;
  again.hidden = body?.code !== 'email_not_confirmed';
  say(body?.code ? `${body.title} ${body.detail}` : message);
});

again.addEventListener('click', async () => {
  again.disabled = true;
  const { ok, message } = await call('POST', '/api/auth/confirm/again', { body: { email: email.value } });
  again.disabled = false;
  say(ok ? 'A new link is on its way, unless one was sent in the last ten minutes.' : message);
});

// without mail there is no link to send
document.getElementById('forgot').hidden = !isCloud;
showDemoAccounts();

/** Development names its demo accounts; elsewhere the route does not exist and nothing is shown. */
async function showDemoAccounts() {
  const { ok, body } = await call('GET', '/api/demo');
  if (!ok || !Array.isArray(body?.accounts)) {
    return;
  }
  const fillers = body.accounts.map((account) => {
    const button = make('button', { type: 'button', className: 'quiet' }, account);
    button.addEventListener('click', () => {
      [email.value, password.value] = [account, body.password];
      form.querySelector('button').focus();
    });
    return button;
  });
  document.getElementById('demo').replaceChildren(...fillers);
}

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
