import { call } from '/tollgate/pages.js';

const [form, email, password, wrong, sent] = ['form', 'email', 'password', 'wrong', 'sent'].map((id) =>
  document.getElementById(id),
);

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  if (button.disabled) {
    return;
  }
  if (!email.validity.valid || password.value.length < 12) {
    say('Enter your e-mail and a password of at least 12 characters.');
    return;
  }
  button.disabled = true;
  wrong.hidden = true;
  const { ok, body, message } = await call('POST', '/api/auth/sign-up', {
    body: { email: email.value, password: password.value },
  });
  button.disabled = false;
  if (!ok) {
    say(message);
  } else if (body?.confirmation_sent) {
    form.hidden = true;
    sent.hidden = false;
  } else {
    location.assign('/sign-in');
  }
});

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
