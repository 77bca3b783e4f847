import type { Noun } from '../../api/nouns';
import type { Format } from '../format';

/** Choosing a plan, and changing it. */
export const plans = {
  // plans
  choosePlan: 'Choose a plan',
  chooseIntro: "You pay on Stripe's page; we never see your card.",
  billed: 'Billed',
  monthly: 'Monthly',
  annual: 'Annual',
  save: (percent: string) => `save ${percent}`,
  saveUpTo: (percent: string) => `save up to ${percent}`,
  savePerSeat: (amount: string) => `Save ${amount} per seat`,
  saveAmount: (amount: string) => `Save ${amount}`,
  noCardNeeded: 'no card needed',
  perSeatMonth: 'per seat and month',
  perMonth: 'a month',
  perMonthBilledYearly: (year: string) => `a month, billed ${year} a year`,
  perSeatMonthBilledYearly: (year: string) => `per seat and month, billed ${year} a year`,
  included: (plan: string) => `Included in ${plan}`,
  yourPlan: 'Your plan',
  choose: (plan: string) => `Choose ${plan}`,
  upgradeTo: (plan: string) => `Upgrade to ${plan}`,
  openingCheckout: 'Opening Checkout...',
  soldYearly: 'Sold by the year only',
  soldMonthly: 'Sold by the month only',
  chosen: (plan: string, seats: string, total: string) => `${plan} chosen. ${seats && `${seats}, `}${total} today.`,
  seats: 'Seats',
  seatCount: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} seat`, other: `${f.number(count)} seats` }),
  oneSeatFewer: 'One seat fewer',
  oneSeatMore: 'One seat more',
  seatRange: (least: number, most: number, f: Format) => `Choose ${f.number(least)} to ${f.number(most)} seats.`,
  seatsMin: (active: number, who: Noun, f: Format) =>
    f.plural(active, {
      one: `${f.number(active)} ${who.one} is active today, so ${f.number(active)} is the least.`,
      other: `${f.number(active)} ${who.many} are active today, so ${f.number(active)} is the least.`,
    }),
  activeToday: (active: number, who: Noun, f: Format) =>
    f.plural(active, {
      one: `${f.number(active)} ${who.one} is active today.`,
      other: `${f.number(active)} ${who.many} are active today.`,
    }),
  todayThenMonthly: 'Today, then every month',
  todayThenYearly: 'Today, then every year',
  unsafeCheckout: 'The server named a payment page that we do not know, so we did not open it. Nothing was charged.',
  alreadyOn: (plan: string) => `You're on ${plan}.`,
  seeYourBilling: 'See your billing',
  endedPlan: (plan: string, until: string) => `Your ${plan} subscription has ended. It stays open until ${until}.`,
  billingOff: 'Billing is switched off right now: nothing is limited, and nothing can be bought.',
  talkToUs: 'Talk to us',
  trialTag: (days: number, f: Format) =>
    f.plural(days, { one: `${f.number(days)} day free`, other: `${f.number(days)} days free` }),
  trialFirst: (days: number, f: Format) =>
    f.plural(days, {
      one: 'Your first day is free, if you never had a trial. Then:',
      other: `Your first ${f.number(days)} days are free, if you never had a trial. Then:`,
    }),
  everyMonth: 'Every month',
  everyYear: 'Every year',

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
  invoicesFrom: (date: string) => `Invoices from ${date}`,
  arrangeInstead: 'Change when the period ends',
  arrangedFor: (day: string) => `Arranged. The change comes on ${day}.`,
  confirmChange: 'Confirm the change',
  confirmAndPay: (amount: string) => `Confirm and pay ${amount}`,
  changing: 'Changing...',
  keepAsIs: 'Keep as it is',
  seatsAre: (count: number, f: Format) =>
    f.plural(count, { one: `You have ${f.number(count)} seat now.`, other: `You have ${f.number(count)} seats now.` }),
  changeTo: (plan: string) => `Change to ${plan}`,
  nowOn: (plan: string) => `You're on ${plan} now.`,
};
