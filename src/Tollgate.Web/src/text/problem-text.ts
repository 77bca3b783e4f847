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
  if (problem.status === 401) {
    return say.signedOut;
  }
  const own = problem.detail || problem.title;
  return own || (problem.status === 403 ? say.notAllowed : say.failed(problem.status));
}
