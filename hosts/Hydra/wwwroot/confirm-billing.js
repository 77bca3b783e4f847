import { call } from '/tollgate/pages.js';

const asked = new URLSearchParams(location.search);
const [form, wrong, done] = ['form', 'wrong', 'done'].map((id) => document.getElementById(id));
// the code does not stay in the address, nor in the history
history.replaceState(null, '', '/confirm-billing');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  wrong.hidden = true;
  const { ok, message } = await call('POST', '/api/auth/billing-email', { body: { code: asked.get('code') ?? '' } });
  if (!ok) {
    wrong.textContent = message;
    wrong.hidden = false;
    return;
  }
  form.hidden = true;
  done.hidden = false;
});
