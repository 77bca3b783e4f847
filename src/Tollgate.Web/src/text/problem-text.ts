import type { Problem } from '../api/answer';
import type { Messages } from './en';

/** What a person reads about a failure: the server's own sentence where it has one, else ours. */
export function problemText(problem: Problem, say: Messages): string {
  switch (problem.code) {
    case 'unreachable':
      return say.unreachable;
    case 'too_slow':
      return say.tooSlow;
    case 'malformed_answer':
      return say.malformed;
    case 'unsafe_checkout':
      return say.unsafeCheckout;
    case 'unsafe_portal':
      return say.unsafePortal;
  }
  const translated = translationOf(problem, say);
  if (translated !== null) {
    return translated;
  }
  if (problem.status === 401) {
    return say.signedOut;
  }
  const own = problem.detail || problem.title;
  return own || (problem.status === 403 ? say.notAllowed : say.failed(problem.status));
}

/** The catalogue's sentence for the problem's code, where it has one. */
export function translationOf({ code }: Problem, say: Messages): string | null {
  return Object.hasOwn(say.problems, code) ? (say.problems[code] ?? null) : null;
}
