import { call, type Called } from './call';

interface FormSent {
  readonly path: string;
  /** What is sent; or, as a sentence, what the form still wants. */
  readonly fill: () => Readonly<Record<string, string>> | string;
  readonly done: (answer: Called) => void;
  /** What a person is told of a refusal. */
  readonly refused?: (answer: Called) => string;
}

/** Posts the page's `#form` by one call at a time; what failed stands in its `#wrong`. */
export function sendForm({ path, fill, done, refused = ({ message }) => message }: FormSent): void {
  const form = find('form');
  const button = form.querySelector('button') as HTMLButtonElement;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!button.disabled) {
      void send();
    }
  });

  async function send(): Promise<void> {
    const body = fill();
    if (typeof body === 'string') {
      say(body);
      return;
    }
    button.disabled = true;
    find('wrong').hidden = true;
    const answer = await call('POST', path, { body });
    button.disabled = false;
    if (answer.ok) {
      done(answer);
    } else {
      say(refused(answer));
    }
  }
}

/** Shows an element of the page in place of its form. */
export function showInstead(id: string): void {
  find('form').hidden = true;
  find(id).hidden = false;
}

/** An input of the page. */
export function input(id: string): HTMLInputElement {
  return find(id) as HTMLInputElement;
}

export function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no #${id}.`);
  }
  return element;
}

function say(sentence: string): void {
  const wrong = find('wrong');
  wrong.textContent = sentence;
  wrong.hidden = false;
}
