/** What every component may have to say: what went wrong, where the server did not say it. */
export const shared = {
  unreachable: "We couldn't reach the server. Check your connection and try again.",
  tooSlow: 'The server is taking too long to answer. Try again in a moment.',
  malformed: "The server's answer made no sense to this page. Reload it, and tell us if it stays so.",
  signedOut: "You're signed out. Sign in again, then come back to this page.",
  notAllowed: 'Your role does not allow this. Ask whoever manages billing.',
  failed: (status: number) => `That didn't work (error ${status}). Try again in a moment.`,
  tryAgain: 'Try again',
  loading: 'Loading',
  /** Instead of the server's own English sentences, by the problem's code. */
  problems: {} as Readonly<Record<string, string>>,
};
