import { call, make, returnPath, signIn } from '/tollgate/pages.js';

const wrong = document.getElementById('wrong');

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

on('add', async ({ name }) => {
  const { ok, status, body, message } = await call('POST', '/api/items', { body: { name: name.value } });
  if (status === 402) {
    document.querySelector('tg-upgrade-prompt').problem = body;
  } else {
    say(wrong, ok ? '' : message);
    await refresh();
  }
  if (ok) {
    name.value = '';
    await show();
  }
});

if (document.getElementById('items')) {
  await show();
}

async function show() {
  const { ok, body, message } = await call('GET', '/api/items');
  say(wrong, ok ? '' : message);
  if (ok) {
    document.getElementById('items').replaceChildren(...body.map((name) => make('li', {}, name)));
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
