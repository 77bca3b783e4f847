// Repositories and developers: two lists, a form below each, and the limit where the plan has one.
import { refreshBilling } from '/tollgate/tollgate.js';
import { call, signIn } from '/tollgate/pages.js';
import { make } from './hydra.js';

const byId = (id) => document.getElementById(id);
const prompt = byId('repos-prompt');

load();
submit('add-repo', 'repos-wrong', ({ name }) => call('POST', '/api/repos', { body: { name: name.value.trim() } }));
submit('add-developer', 'developers-wrong', ({ name, repo }) =>
  call('POST', '/api/developers', { body: { name: name.value.trim(), repo_id: repo.value || null } }),
);

async function load() {
  const [repos, developers] = await Promise.all([call('GET', '/api/repos'), call('GET', '/api/developers')]);
  if (repos.status === 401 || developers.status === 401) {
    signIn();
    return;
  }
  showRepos(repos);
  showDevelopers(developers);
  // before, nobody could see on which repository a developer works
  document.querySelectorAll('.add button').forEach((button) => (button.disabled = false));
}

function showRepos({ ok, body, message }) {
  say('repos-wrong', ok ? '' : message);
  const repos = listOf(body?.repos);
  const limit = Number.isSafeInteger(body?.limit) ? body.limit : null;
  fill('repos', repos.map(repoItem), 'Nothing is connected yet.');
  byId('repos-count').textContent = limit === null ? `${repos.length}` : `${repos.length} of ${limit}`;
  const reached = ok && limit !== null && repos.length >= limit;
  prompt.problem = reached ? limitReached(limit) : null;
  const none = make('option', { value: '' }, 'No repository');
  byId('developer-repo').replaceChildren(
    ...repos.map(({ id, name }) => make('option', { value: id }, name)),
    none,
  );
}

function showDevelopers({ ok, body, message }) {
  say('developers-wrong', ok ? '' : message);
  const developers = listOf(body?.developers);
  const active = developers.filter((one) => one.active === true).length;
  fill('developers', developers.map(developerItem), 'Nobody is here yet.');
  byId('developers-count').textContent = active === 1 ? '1 seat in use' : `${active} seats in use`;
}

function repoItem({ id, name, developers }) {
  const many = developers === 1 ? '1 developer' : `${Number(developers) || 0} developers`;
  return item(name, many, 'Disconnect', 'repos-wrong', `/api/repos/${encodeURIComponent(id)}`);
}

function developerItem({ id, name, repos }) {
  const where = listOf(repos, 'string').join(', ') || 'No connected repository, no seat';
  return item(name, where, 'Remove', 'developers-wrong', `/api/developers/${encodeURIComponent(id)}`);
}

function item(name, more, verb, wrong, path) {
  const button = make('button', { className: 'plain', type: 'button', ariaLabel: `${verb} ${name}` }, verb);
  button.addEventListener('click', async () => {
    button.disabled = true;
    await settle(wrong, await call('DELETE', path));
    button.disabled = false;
  });
  const words = make('div', {}, make('b', {}, name), make('span', { className: 'muted' }, more));
  return make('li', {}, words, button);
}

function submit(id, wrong, send) {
  const form = byId(id);
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) {
      return;
    }
    button.disabled = true;
    if (await settle(wrong, await send(form.elements))) {
      form.elements.name.value = '';
    }
    button.disabled = false;
    form.elements.name.focus();
  });
}

/** Shows what a change came to: a refusal in its own words, at a limit beside the way to lift it. */
async function settle(wrong, { ok, status, body, message }) {
  if (status === 401) {
    signIn();
    return false;
  }
  if (ok) {
    await Promise.all([load(), refreshBilling()]);
  } else if (status === 402) {
    prompt.problem = body;
  } else {
    say(wrong, message);
  }
  return ok;
}

function limitReached(limit) {
  return { title: `All ${limit} repositories of your plan are connected.`, detail: 'Business has no limit.' };
}

function fill(id, items, otherwise) {
  const list = byId(id);
  list.setAttribute('aria-busy', 'false');
  list.replaceChildren(...(items.length > 0 ? items : [make('li', { className: 'muted' }, otherwise)]));
}

function say(id, sentence) {
  byId(id).textContent = sentence;
  byId(id).hidden = sentence === '';
}

function listOf(value, type = 'object') {
  return Array.isArray(value) ? value.filter((one) => typeof one === type && one !== null) : [];
}
