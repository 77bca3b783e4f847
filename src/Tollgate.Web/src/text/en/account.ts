import type { Format } from '../format';

/** What an account has and used, and what happens next. */
export const account = {
  // usage
  usage: 'Usage',
  usedOf: (used: number, limit: number, f: Format) => `${f.number(used)} of ${f.number(limit)}`,
  resets: (when: string) => `resets ${when}`,
  unlimited: 'unlimited',
  startsWithFirstRun: 'starts with your first run',
  nothingLimited: (plan: string) => `Nothing is limited on ${plan}.`,

  // summary
  renews: (date: string) => `renews ${date}`,
  ends: (date: string) => `ends ${date}`,
  openUntil: (date: string) => `open until ${date}`,
  trialEnds: (date: string) => `trial ends ${date}`,
  trial: 'Trial',
  inUse: (count: number, f: Format) => `${f.number(count)} in use`,
  moreDevelopersThanSeats: (count: number, f: Format) =>
    f.plural(count, {
      one: 'One developer more than seats. Nobody is blocked.',
      other: `${f.number(count)} developers more than seats. Nobody is blocked.`,
    }),
  cardFailed: "We couldn't charge your card.",
  worksUntil: (day: string, days: number, f: Format) => {
    const left = f.plural(days, { one: `${f.number(days)}\u00a0day`, other: `${f.number(days)}\u00a0days` });
    return days === 0
      ? `Everything keeps working until today, ${day}. Pay before it ends and you're done.`
      : `Everything keeps working until ${day} (${left}). Pay before then and you're done.`;
  },
  worksMeanwhile: "Everything keeps working meanwhile. Pay soon and you're done.",
  closedUntilPaid: "Your paid plan is closed until you pay. Pay now and it's open again.",
  subscriptionEnded: 'Your subscription has ended.',
  invoiceUnpaid: 'Your last invoice was not paid.',
  planUntil: (plan: string, day: string) => `${plan} stays open until ${day}.`,
  trialEndsOn: (plan: string, day: string) => `Your trial of ${plan} ends on ${day}.`,
  trialThen: 'With a card on file the plan goes on from there; without one it ends, and nothing is charged.',
  addCard: 'Add a card',
  endsOn: (plan: string, day: string) => `${plan} ends on ${day} and does not renew.`,
  worksUntilThen: 'Everything keeps working until then.',
  keepPlan: (plan: string) => `Keep ${plan}`,
  addSeats: 'Add seats',
  given: (plan: string) => `You have ${plan}, set by our team.`,
  givenUntil: (plan: string, day: string) => `You have ${plan} until ${day}, set by our team.`,
  changeArranged: (plan: string, seats: string, day: string) => `From ${day} you are on ${plan}, ${seats}.`,
  changeArrangedOn: (day: string) => `A change is arranged for ${day}.`,
  bankAsks: 'Your bank wants you to confirm the payment. The change comes with it, and nothing is changed before.',
  changeWaits: (seats: string) => `A change to ${seats} waits until its payment is confirmed.`,
  confirmPayment: 'Confirm the payment',
  takeBack: 'Take it back',
  takenBack: 'Taken back. Your plan stays as it is.',
  takingBack: 'Taking it back...',
  upgrade: 'Upgrade',
  manageSubscription: 'Manage subscription',
  payNow: 'Update card and pay',
  invoices: 'Invoices',
  invoicesMore: "Every invoice and receipt is kept on Stripe's page, to read and to download as PDF.",
  nextInvoiceOn: (date: string) => `next on ${date}`,
  seeInvoices: 'See invoices',
  noInvoices: 'There are none yet: nothing was bought so far.',
  openingPortal: 'Opening...',
  unsafePortal: 'The server named a page that we do not know, so we did not open it.',
};
