// Filing an issue in Jira, or showing beside the form which plan has it.
import { call, signIn } from '/tollgate/pages.js';
import './hydra.js';

const form = document.getElementById('add-issue');
const button = form.querySelector('button');
const prompt = document.getElementById('issue-prompt');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (button.disabled) {
    return;
  }
  button.disabled = true;
  const title = form.elements.title.value.trim();
  const { ok, status, body, message } = await call('POST', '/api/jira/issues', { body: { title } });
  button.disabled = false;
  if (status === 401) {
    signIn();
    return;
  }
  const refused = status === 402;
  prompt.problem = refused ? body : null;
  say('issue-wrong', ok || refused ? '' : message);
  say('issue-done', ok ? `“${title}” waits to be filed in your Jira.` : '');
  if (ok) {
    form.reset();
  }
});

function say(id, sentence) {
  const line = document.getElementById(id);
  line.textContent = sentence;
  line.hidden = sentence === '';
}
