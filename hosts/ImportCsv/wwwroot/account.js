import { call } from '/tollgate/pages.js';
import { isCloud } from './edition.js';
import { make } from './importcsv.js';

const [main, current, chosen, changed, password] = ['main', 'current', 'new', 'changed', 'password'].map((id) =>
  document.getElementById(id),
);

document.getElementById('paid').hidden = !isCloud;

send('change', async () => {
  changed.hidden = true;
  if (current.value === '' || chosen.value.length < 12) {
    return 'Enter your current password and a new one of at least 12 characters.';
  }
  const body = { current_password: current.value, new_password: chosen.value };
  const { ok, message } = await call('POST', '/api/me/password', { body });
  if (!ok) {
    return message;
  }
  [current.value, chosen.value] = ['', ''];
  changed.hidden = false;
  return null;
});

send('close', async () => {
  if (password.value === '') {
    return 'Enter your password.';
  }
  const { ok, message } = await call('POST', '/api/me/close', { body: { password: password.value } });
  if (!ok) {
    return message;
  }
  sayGoodbye();
  return null;
});

function sayGoodbye() {
  const gone = make('h1', { tabIndex: -1 }, 'Your account is deleted');
  const words = make('p', {}, 'Nothing of yours is left here. Thank you for having been with us.');
  const mark = make('img', { src: '/importcsv.svg', alt: '', width: 30, height: 30 });
  document.querySelector('importcsv-header').remove();
  document.body.className = 'centred';
  main.className = '';
  main.replaceChildren(
    make('p', { className: 'wordmark' }, mark, 'ImportCSV'),
    make('section', { className: 'card' }, gone, words, make('a', { href: '/sign-up' }, 'Sign up anew')),
  );
  gone.focus();
}

/** A form that waits for what it started, and says below its fields what went wrong. */
function send(id, run) {
  const form = document.getElementById(id);
  const wrong = document.getElementById(`${id}-wrong`);
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) {
      return;
    }
    button.disabled = true;
    wrong.hidden = true;
    const sentence = await run();
    button.disabled = false;
    if (sentence) {
      wrong.textContent = sentence;
      wrong.hidden = false;
    }
  });
}
