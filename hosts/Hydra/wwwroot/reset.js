import { call } from '/tollgate/pages.js';

const [form, password, wrong, again, done] = ['form', 'password', 'wrong', 'again', 'done'].map((id) =>
  document.getElementById(id),
);
const link = new URLSearchParams(location.search);
// the code does not stay in the address, nor in the history
history.replaceState(null, '', '/reset');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  if (button.disabled) {
    return;
  }
  if (password.value.length < 12) {
    say('Choose a password of at least 12 characters.');
    return;
  }
  button.disabled = true;
  wrong.hidden = true;
  const { ok, body, message } = await call('POST', '/api/auth/reset', {
    body: { user: link.get('user') ?? '', code: link.get('code') ?? '', password: password.value },
  });
  button.disabled = false;
  if (!ok) {
    again.hidden = body?.code !== 'reset_not_found';
    say(body?.code ? `${body.title} ${body.detail}` : message);
    return;
  }
  form.hidden = true;
  done.hidden = false;
});

function say(sentence) {
  wrong.textContent = sentence;
  wrong.hidden = false;
}
