import { hostPath } from '../api/host-path';
// The pages that a mailed link leads to, and the one that asks for such a link. The words are the host's: its page has
// an element for each id that is named here.
import { find, input, sendForm, showInstead } from './form';

const passwordCharactersMin = 12;

interface MailedLink {
  readonly user: string;
  readonly code: string;
}

/** What the link carries. The code stays neither in the address nor in the history. */
export function takeLink(): MailedLink {
  const asked = new URLSearchParams(location.search);
  history.replaceState(null, '', location.pathname);
  return { user: asked.get('user') ?? '', code: asked.get('code') ?? '' };
}

/** `#form` with `#password`: confirms the address, and goes to the start page. */
export function confirmPage(): void {
  const link = takeLink();
  input('password').focus();
  sendForm({
    path: '/api/auth/confirm',
    fill: () => ({ ...link, password: input('password').value }),
    done: () => location.replace(`${hostPath}/`),
  });
}

/** `#form` with `#email`, then `#sent`. */
export function forgotPage(): void {
  sendForm({
    path: '/api/auth/forgot',
    fill: () => (input('email').validity.valid ? { email: input('email').value } : 'Enter your e-mail.'),
    done: () => showInstead('sent'),
  });
}

/** `#form` with `#password`, then `#done`; where the link is not valid any more, `#again` leads to another. */
export function resetPage(): void {
  const link = takeLink();
  sendForm({
    path: '/api/auth/reset',
    fill: () => {
      const password = input('password').value;
      return password.length < passwordCharactersMin
        ? `Choose a password of at least ${passwordCharactersMin} characters.`
        : { ...link, password };
    },
    done: () => showInstead('done'),
    refused: (answer) => {
      const { code, title, detail } = (answer.body ?? {}) as Record<string, string | undefined>;
      find('again').hidden = code !== 'reset_not_found';
      return code ? `${title} ${detail}` : answer.message;
    },
  });
}
