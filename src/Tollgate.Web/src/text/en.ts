import type { Format } from './format';

/** Every sentence of the components, in English. Another language is another object of this shape. */
export const en = {
  // what went wrong, where the server did not say it
  unreachable: "We couldn't reach the server. Check your connection and try again.",
  tooSlow: 'The server is taking too long to answer. Try again in a moment.',
  malformed: "The server's answer made no sense to this page. Reload it, and tell us if it stays so.",
  signedOut: "You're signed out. Sign in again, then come back to this page.",
  notAllowed: 'Your role does not allow this. Ask an owner of your team.',
  failed: (status: number) => `That didn't work (error ${status}). Try again in a moment.`,
  tryAgain: 'Try again',
  loading: 'Loading',

  // plans
  choosePlan: 'Choose a plan',
  chooseIntro: "You pay on Stripe's page; we never see your card.",
  billed: 'Billed',
  monthly: 'Monthly',
  annual: 'Annual',
  save: (percent: string) => `save ${percent}`,
  saveUpTo: (percent: string) => `save up to ${percent}`,
  savePerSeat: (amount: string) => `Save ${amount} per seat`,
  noCardNeeded: 'no card needed',
  perSeatMonth: 'per seat and month',
  perSeatMonthBilledYearly: (year: string) => `per seat and month, billed ${year} a year`,
  included: (plan: string) => `Included in ${plan}`,
  yourPlan: 'Your plan',
  choose: (plan: string) => `Choose ${plan}`,
  upgradeTo: (plan: string) => `Upgrade to ${plan}`,
  openingCheckout: 'Opening Checkout...',
  soldYearly: 'Sold by the year only',
  soldMonthly: 'Sold by the month only',
  chosen: (plan: string, seats: string, total: string) => `${plan} chosen. ${seats}, ${total} today.`,
  seats: 'Seats',
  seatCount: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} seat`, other: `${f.number(count)} seats` }),
  oneSeatFewer: 'One seat fewer',
  oneSeatMore: 'One seat more',
  seatRange: (least: number, most: number, f: Format) => `Choose ${f.number(least)} to ${f.number(most)} seats.`,
  leastSeats: (active: number, f: Format) =>
    f.plural(active, {
      one: `${f.number(active)} developer is active today, so ${f.number(active)} is the least.`,
      other: `${f.number(active)} developers are active today, so ${f.number(active)} is the least.`,
    }),
  activeToday: (active: number, f: Format) =>
    f.plural(active, {
      one: `${f.number(active)} developer is active today.`,
      other: `${f.number(active)} developers are active today.`,
    }),
  todayThenMonthly: 'Today, then every month',
  todayThenYearly: 'Today, then every year',
  today: 'Today',
  unsafeCheckout: 'The server named a payment page that we do not know, so we did not open it. Nothing was charged.',
  alreadyOn: (plan: string) => `You're on ${plan}.`,
  seeYourBilling: 'See your billing',
  endedPlan: (plan: string, until: string) => `Your ${plan} subscription has ended. It stays open until ${until}.`,
  billingOff: 'Billing is switched off right now: nothing is limited, and nothing can be bought.',
  talkToUs: 'Talk to us',

  // prompt at a limit
  lastFreeOne: (used: number, noun: string, f: Format) =>
    used === 1
      ? `That was your free ${noun}. Nice work.`
      : `That was your ${ordinalWord(used, f)} free ${noun}. Nice work.`,
  lastFreeNameless: 'You have used all of your free ones. Nice work.',
  allUsed: (limit: number, noun: string, nouns: string, f: Format) =>
    f.plural(limit, {
      one: `Your free ${noun} is used for now.`,
      other: `Your ${f.number(limit)} free ${nouns} are used for now.`,
    }),
  nextArrive: (limit: number, day: string, f: Format) =>
    f.plural(limit, { one: `Your next one arrives on ${day}.`, other: `Your next ones arrive on ${day}.` }),
  unlimitedFrom: (plan: string, nouns: string, price: string) =>
    `On ${plan}, ${nouns} are unlimited, from ${price} a seat.`,
  noLimitFrom: (plan: string, price: string) => `On ${plan} there is no limit, from ${price} a seat.`,
  paidIsUnlimited: 'Paid plans have no limit.',
  seePlans: 'See plans',

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

  // changes of seats and plan
  changeSeats: 'Change seats',
  monthlyDifference: 'The difference comes with your next invoice; nothing is charged today.',
  yearlyDifference: 'The difference for the rest of the year is charged at once.',
  previewChange: 'Preview the change',
  askingPrice: 'Asking for the price...',
  newPreview: 'New preview',
  updateCard: 'Update your card',
  whatChanges: 'What changes',
  dueNow: 'Due now',
  nextInvoice: 'Next invoice',
  confirmChange: 'Confirm the change',
  confirmAndPay: (amount: string) => `Confirm and pay ${amount}`,
  changing: 'Changing...',
  keepAsIs: 'Keep as it is',
  seatsAre: (count: number, f: Format) =>
    f.plural(count, { one: `You have ${f.number(count)} seat now.`, other: `You have ${f.number(count)} seats now.` }),
  changeTo: (plan: string) => `Change to ${plan}`,
  nowOn: (plan: string) => `You're on ${plan} now.`,

  // after Checkout
  confirming: 'Looking up your payment',
  confirmingMore: 'One moment.',
  paymentPending: 'Waiting for your payment',
  paymentPendingMore: 'Stripe has not confirmed it yet. This page follows by itself.',
  paymentReceived: 'Payment received',
  provisioning: 'Provisioning... this usually takes a few seconds.',
  youAreOn: (plan: string) => `You're on ${plan}`,
  seatsAllLimitsLifted: (count: number, f: Format) =>
    f.plural(count, {
      one: `${f.number(count)} seat, all limits lifted.`,
      other: `${f.number(count)} seats, all limits lifted.`,
    }),
  allLimitsLifted: 'All limits lifted.',
  upgradeReady: 'Your upgrade is ready',
  continue: 'Continue',
  takingLonger: 'This takes longer than usual',
  takingLongerMore:
    'Your payment is safe, and access follows by itself, usually within minutes. You can leave this page meanwhile.',
  stillPending: 'No payment yet',
  stillPendingMore:
    'Stripe has confirmed no payment for this checkout. If you have just paid, look again in a minute.',
  lookAgain: 'Look again',
  unknownCheckout: "We don't know this checkout",
  unknownCheckoutMore:
    'It may belong to another account, or the link is incomplete. Your billing page shows your plan.',
  cannotConfirm: "We couldn't look up your payment",
  reconnecting: "We can't reach the server. Trying again...",
};

export type Messages = typeof en;

const ordinalWords = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ordinalWord(count: number, f: Format): string {
  const suffix = f.ordinal(count, { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' });
  return ordinalWords[count - 1] ?? `${f.number(count)}${suffix}`;
}
