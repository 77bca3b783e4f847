import { call, returnPath } from '/tollgate/pages.js';

const form = document.getElementById('sign-in');
const { email, password } = form.elements;
const button = form.querySelector('button');
const wrong = document.getElementById('wrong');
const again = document.getElementById('again');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (button.disabled) {
    return;
  }
  if (!email.validity.valid || !password.validity.valid) {
    say('Enter your e-mail and your password.', email.validity.valid ? password : email);
    return;
  }
  busy(true);
  const body = { email: email.value, password: password.value };
  const { ok, status, body: answer, message } = await call('POST', '/api/auth/login?useCookies=true', { body });
  if (ok) {
    location.replace(returnPath(new URLSearchParams(location.search).get('return'), location.origin));
    return;
  }
  busy(false);
  again.hidden = answer?.code !== 'email_not_confirmed';
  if (status === 401 && again.hidden) {
    say('That e-mail and password do not match.', password);
  } else {
    say(answer?.code ? `${answer.title} ${answer.detail}` : message, email);
  }
});

again.addEventListener('click', async () => {
  again.disabled = true;
  const { ok, message } = await call('POST', '/api/auth/confirm/again', { body: { email: email.value } });
  again.disabled = false;
  say(ok ? 'A new link is on its way, unless one was sent in the last ten minutes.' : message, email);
});

// the back button may bring this page back as it was left
addEventListener('pageshow', () => busy(false));

showDemoAccounts();

/** Development names its demo accounts; elsewhere the route does not exist and nothing is shown. */
async function showDemoAccounts() {
  const { ok, body } = await call('GET', '/api/demo');
  if (!ok || !Array.isArray(body?.accounts) || typeof body.password !== 'string') {
    return;
  }
  const accounts = body.accounts.filter((account) => typeof account === 'string');
  document.getElementById('accounts').replaceChildren(...accounts.map((account) => filler(account, body.password)));
  document.getElementById('demo').hidden = accounts.length === 0;
}

function filler(account, secret) {
  const fill = document.createElement('button');
  fill.type = 'button';
  fill.className = 'button quiet';
  fill.textContent = account;
  fill.addEventListener('click', () => {
    email.value = account;
    password.value = secret;
    wrong.hidden = true;
    button.focus();
  });
  const item = document.createElement('li');
  item.append(fill);
  return item;
}

function say(sentence, field) {
  wrong.textContent = sentence;
  wrong.hidden = false;
  field.focus();
}

function busy(on) {
  button.disabled = on;
  button.textContent = on ? 'Signing in...' : 'Sign in';
  if (on) {
    wrong.hidden = true;
  }
}
