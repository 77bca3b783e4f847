// A new organization with its owner; or, with an invitation in the address, a new member of the one that invited.
import { call } from '/tollgate/pages.js';

const invitation = new URLSearchParams(location.search).get('invitation');
const form = document.getElementById('sign-up');
const { organization, email, password } = form.elements;
const button = form.querySelector('button');
const wrong = document.getElementById('wrong');
const verb = invitation ? 'Join' : 'Sign up';

if (invitation) {
  document.getElementById('title').textContent = 'Join your team';
  document.getElementById('organization-field').hidden = true;
  document.getElementById('email-field').hidden = true;
}
busy(false);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (button.disabled) {
    return;
  }
  busy(true);
  const { ok, body, message } = invitation ? await join() : await register();
  if (!ok) {
    busy(false);
    say(message);
    return;
  }
  document.getElementById('sent-to').textContent = body.email;
  form.hidden = true;
  document.getElementById('sent').hidden = false;
});

function join() {
  return call('POST', '/api/auth/join', { body: { invitation, password: password.value } });
}

function register() {
  const body = { organization: organization.value, email: email.value, password: password.value };
  return call('POST', '/api/auth/register', { body });
}

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
  password.focus();
}

function busy(on) {
  button.disabled = on;
  button.textContent = on ? 'One moment...' : verb;
  if (on) {
    wrong.hidden = true;
  }
}
