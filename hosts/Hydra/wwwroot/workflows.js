import { refreshBilling } from '/tollgate/tollgate.js';
import { call, signIn } from '/tollgate/pages.js';
import { make } from './hydra.js';

/** How the meters' units are called in running text; a meter that is not named here gets the prompt's neutral words. */
const nouns = {
  fix: ['fix', 'fixes'],
  doc_run: ['doc run', 'doc runs'],
  linear_cycle: ['Linear cycle', 'Linear cycles'],
};

/** Runs that are shown; older ones leave the page. */
const shownRuns = 8;

const list = document.getElementById('workflows');
const runs = document.getElementById('runs');
const clock = new Intl.DateTimeFormat(navigator.language, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

load();
loadRuns();

async function load() {
  list.setAttribute('aria-busy', 'true');
  const bone = () => make('div', { className: 'workflow bone', ariaHidden: 'true' });
  list.replaceChildren(...Array.from({ length: 7 }, bone));
  const { ok, status, body, message } = await call('GET', '/api/workflows');
  if (status === 401) {
    signIn();
    return;
  }
  list.setAttribute('aria-busy', 'false');
  const known = Array.isArray(body?.workflows) ? body.workflows.filter((one) => typeof one?.id === 'string') : [];
  const shown = known.length > 0 ? known.map(card) : [failure(ok ? 'No workflows are set up.' : message)];
  list.replaceChildren(...shown);
}

/** What was run before; a list that cannot be had stays empty, for it is only a help. */
async function loadRuns() {
  const { body } = await call('GET', '/api/workflows/runs');
  const latest = Array.isArray(body?.runs) ? body.runs.slice(0, shownRuns) : [];
  if (latest.length > 0 && runs.children.length === 0) {
    document.getElementById('no-runs').hidden = true;
    runs.replaceChildren(...latest.map((run) => entry(String(run?.name ?? ''), run)));
  }
}

function failure(message) {
  const again = make('button', { className: 'button quiet', type: 'button' }, 'Try again');
  again.addEventListener('click', load);
  return make('div', { className: 'workflow' }, make('p', { className: 'wrong', role: 'alert' }, message), again);
}

function card(workflow) {
  const name = String(workflow.name ?? workflow.id);
  const button = make('button', { className: 'button quiet', type: 'button', ariaLabel: `Run ${name}` }, 'Run');
  const wrong = make('p', { className: 'wrong', hidden: true });
  wrong.setAttribute('role', 'alert');
  const done = make('p', { className: 'done muted', hidden: true });
  const description = make('p', { className: 'muted' }, String(workflow.description ?? ''));
  const about = make('div', {}, make('h2', {}, name), description);
  const beside = typeof workflow.meter === 'string' ? [prompt(workflow.meter)] : [];
  const whole = make('article', { className: 'workflow' }, about, button, wrong, done, ...beside);
  const run = runner(workflow.id, name, { button, wrong, done, prompt: beside[0] });
  button.addEventListener('click', run);
  return whole;
}

function prompt(meter) {
  const [noun, several] = nouns[meter] ?? ['', ''];
  const element = document.createElement('tg-upgrade-prompt');
  element.setAttribute('meter', meter);
  element.setAttribute('noun', noun);
  element.setAttribute('nouns', several);
  return element;
}

/** What a click on Run does. The key is kept until the outcome is known: a second click is then the same run again. */
function runner(id, name, parts) {
  let key = null;
  let busy = false;
  return async () => {
    if (busy) {
      return;
    }
    busy = true;
    key ??= crypto.randomUUID();
    show(parts, true, '');
    const path = `/api/workflows/${encodeURIComponent(id)}/runs`;
    const { ok, status, body, message } = await call('POST', path, { headers: { 'Idempotency-Key': key } });
    key = status === 0 || status >= 500 ? key : null;
    busy = false;
    if (status === 401) {
      signIn();
      return;
    }
    const limited = status === 402 && parts.prompt;
    show(parts, false, ok || limited ? '' : message);
    if (limited) {
      parts.prompt.problem = body;
    } else if (ok) {
      record(name, body, parts.done);
    }
    await refreshBilling();
  };
}

function show({ button, wrong }, busy, message) {
  button.setAttribute('aria-disabled', String(busy));
  button.textContent = busy ? 'Running...' : 'Run';
  wrong.textContent = message;
  wrong.hidden = message === '';
}

function record(name, body, done) {
  document.getElementById('no-runs').hidden = true;
  done.textContent = summaryOf(body);
  done.hidden = false;
  runs.prepend(entry(name, body));
  [...runs.children].slice(shownRuns).forEach((old) => old.remove());
}

function entry(name, run) {
  const at = new Date(run?.at);
  const known = !Number.isNaN(at.getTime());
  const time = known ? [make('time', { className: 'muted', dateTime: at.toISOString() }, clock.format(at))] : [];
  return make('li', {}, make('div', {}, make('b', {}, name), ...time), make('p', {}, summaryOf(run)));
}

function summaryOf(run) {
  return typeof run?.summary === 'string' ? run.summary : 'Done.';
}
