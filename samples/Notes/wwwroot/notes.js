import { call, make, returnPath, signIn } from '/tollgate/pages.js';

const [wrong, locked] = ['wrong', 'locked'].map((id) => document.getElementById(id));

document.getElementById('sign-out')?.addEventListener('click', async () => {
  await call('POST', '/api/sign-out');
  signIn();
});

on('sign-in', async ({ email }) => {
  const { ok, message } = await call('POST', '/api/sign-in', { body: { email: email.value } });
  if (ok) {
    location.replace(returnPath(new URLSearchParams(location.search).get('return'), location.origin));
  }
  say(wrong, ok ? '' : message);
});

on('add', async ({ text }) => {
  const { ok, status, body, message } = await call('POST', '/api/notes', { body: { text: text.value } });
  if (status === 402) {
    document.querySelector('tg-upgrade-prompt').problem = body;
  } else {
    say(wrong, ok ? '' : message);
    await refresh();
  }
  if (ok) {
    text.value = '';
    await show('/api/notes');
  }
});

on('search', ({ q }) => show(q.value === '' ? '/api/notes' : `/api/notes/search?q=${encodeURIComponent(q.value)}`));

if (document.getElementById('notes')) {
  await show('/api/notes');
}

async function show(path) {
  const { ok, status, body, message } = await call('GET', path);
  say(locked, ok ? '' : status === 402 ? body.detail : message);
  if (ok) {
    document.getElementById('notes').replaceChildren(...body.map((text) => make('li', {}, text)));
    document.getElementById('none').hidden = body.length > 0;
  }
}

/** Usage and the prompt show what has just been counted. */
async function refresh() {
  const { refreshBilling } = await import('/tollgate/tollgate.js');
  await refreshBilling();
}

function on(id, work) {
  const form = document.getElementById(id);
  const button = form?.querySelector('button');
  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    await work(form.elements);
    button.disabled = false;
  });
  // until here the browser would have sent it by itself
  button?.removeAttribute('disabled');
}

function say(line, text) {
  line.textContent = text;
  line.hidden = text === '';
}
