import { call } from '/tollgate/pages.js';

const [form, email, wrong, sent] = ['form', 'email', 'wrong', 'sent'].map((id) => document.getElementById(id));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  if (button.disabled) {
    return;
  }
  if (!email.validity.valid) {
    say('Enter your e-mail.');
    return;
  }
  button.disabled = true;
  wrong.hidden = true;
  const { ok, message } = await call('POST', '/api/auth/forgot', { body: { email: email.value } });
  button.disabled = false;
  if (!ok) {
    say(message);
    return;
  }
  form.hidden = true;
  sent.hidden = false;
});

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
