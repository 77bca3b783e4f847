import type { Format } from '../format';

/** What an account has and used, and what happens next. */
export const account = {
  // usage
  usage: 'Usage',
  usedOf: (used: number, limit: number, f: Format) => `${f.number(used)} of ${f.number(limit)}`,
  resets: (when: string) => `resets ${when}`,
  startsWithFirstRun: 'starts with your first run',
  nothingLimited: (plan: string) => `Nothing is limited on ${plan}.`,

  // summary
  renews: (date: string) => `renews ${date}`,
  ends: (date: string) => `ends ${date}`,
  openUntil: (date: string) => `open until ${date}`,
  endsThen: (plan: string, day: string) =>
    `${plan} ends on ${day} and does not renew. Everything keeps working until then.`,
  inUse: (count: number, f: Format) => `${f.number(count)} in use`,
  moreDevelopersThanSeats: (count: number, f: Format) =>
    f.plural(count, {
      one: 'One developer more than seats. Nobody is blocked.',
      other: `${f.number(count)} developers more than seats. Nobody is blocked.`,
    }),
  cardFailed: "We couldn't charge your card.",
  worksUntil: (day: string, days: number, f: Format) =>
    days === 0
      ? `Everything keeps working until today, ${day}. Pay before it ends and you're done.`
      : f.plural(days, {
          one: `Everything keeps working until ${day} (1 day). Pay before then and you're done.`,
          other: `Everything keeps working until ${day} (${f.number(days)} days). Pay before then and you're done.`,
        }),
  worksMeanwhile: "Everything keeps working meanwhile. Pay soon and you're done.",
  subscriptionEnded: 'Your subscription has ended.',
  invoiceUnpaid: 'Your last invoice was not paid.',
  planUntil: (plan: string, day: string) => `${plan} stays open until ${day}.`,
  upgrade: 'Upgrade',
  manageSubscription: 'Manage subscription',
  payNow: 'Update card and pay',
  openingPortal: 'Opening...',
  unsafePortal: 'The server named a page that we do not know, so we did not open it.',
};
