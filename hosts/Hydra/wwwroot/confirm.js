import { call } from '/tollgate/pages.js';

const asked = new URLSearchParams(location.search);
const [form, password, wrong] = ['form', 'password', 'wrong'].map((id) => document.getElementById(id));
// the code does not stay in the address, nor in the history
history.replaceState(null, '', '/confirm');
password.focus();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  wrong.hidden = true;
  const { ok, message } = await call('POST', '/api/auth/confirm', {
    body: { user: asked.get('user') ?? '', code: asked.get('code') ?? '', password: password.value },
  });
  if (ok) {
    location.replace('/');
  } else {
    wrong.textContent = message;
    wrong.hidden = false;
  }
});
