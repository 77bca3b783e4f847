import type { plans as english } from '../en/plans';
import type { Noun } from '../../api/nouns';
import type { Format } from '../format';

const seatsOf = (count: number, f: Format) =>
  f.plural(count, { one: `${f.number(count)} Platz`, other: `${f.number(count)} Plätze` });

export const plans: typeof english = {
  // plans
  choosePlan: 'Tarif wählen',
  chooseIntro: 'Bezahlt wird auf der Seite von Stripe; wir sehen Ihre Karte nie.',
  billed: 'Abrechnung',
  monthly: 'Monatlich',
  annual: 'Jährlich',
  save: (percent: string) => `${percent} sparen`,
  saveUpTo: (percent: string) => `bis zu ${percent} sparen`,
  savePerSeat: (amount: string) => `${amount} pro Platz gespart`,
  saveAmount: (amount: string) => `${amount} gespart`,
  noCardNeeded: 'ohne Karte',
  perSeatMonth: 'pro Platz und Monat',
  perMonth: 'pro Monat',
  perMonthBilledYearly: (year: string) => `pro Monat, ${year} im Jahr`,
  perSeatMonthBilledYearly: (year: string) => `pro Platz und Monat, ${year} im Jahr`,
  included: (plan: string) => `In ${plan} enthalten`,
  yourPlan: 'Ihr Tarif',
  choose: (plan: string) => `${plan} wählen`,
  upgradeTo: (plan: string) => `Zu ${plan} wechseln`,
  openingCheckout: 'Zur Bezahlung...',
  soldYearly: 'Nur jährlich zu haben',
  soldMonthly: 'Nur monatlich zu haben',
  chosen: (plan: string, seats: string, total: string) => `${plan} gewählt. ${seats && `${seats}, `}heute ${total}.`,
  seats: 'Plätze',
  seatCount: seatsOf,
  oneSeatFewer: 'Ein Platz weniger',
  oneSeatMore: 'Ein Platz mehr',
  seatRange: (least: number, most: number, f: Format) => `Wählen Sie ${f.number(least)} bis ${f.number(most)} Plätze.`,
  seatsMin: (active: number, who: Noun, f: Format) =>
    f.plural(active, {
      one: `Heute ist ${f.number(active)} ${who.one} aktiv, das ist auch die kleinste Zahl.`,
      other: `Heute sind ${f.number(active)} ${who.many} aktiv, das ist auch die kleinste Zahl.`,
    }),
  activeToday: (active: number, who: Noun, f: Format) =>
    f.plural(active, {
      one: `Heute ist ${f.number(active)} ${who.one} aktiv.`,
      other: `Heute sind ${f.number(active)} ${who.many} aktiv.`,
    }),
  todayThenMonthly: 'Heute, dann jeden Monat',
  todayThenYearly: 'Heute, dann jedes Jahr',
  unsafeCheckout:
    'Der Server hat eine Bezahlseite genannt, die wir nicht kennen. Wir haben sie nicht geöffnet; ' +
    'nichts wurde abgebucht.',
  alreadyOn: (plan: string) => `Sie haben ${plan}.`,
  seeYourBilling: 'Zur Abrechnung',
  endedPlan: (plan: string, until: string) => `Ihr Abonnement ${plan} ist beendet. Es bleibt bis ${until} offen.`,
  billingOff: 'Die Abrechnung ist gerade abgeschaltet: Nichts ist begrenzt, und nichts kann gekauft werden.',
  talkToUs: 'Sprechen Sie uns an',
  trialTag: (days: number, f: Format) =>
    f.plural(days, { one: `${f.number(days)} Tag gratis`, other: `${f.number(days)} Tage gratis` }),
  trialFirst: (days: number, f: Format) =>
    f.plural(days, {
      one: 'Ohne früheren Probezeitraum ist der erste Tag gratis. Danach:',
      other: `Ohne früheren Probezeitraum sind die ersten ${f.number(days)} Tage gratis. Danach:`,
    }),
  everyMonth: 'Jeden Monat',
  everyYear: 'Jedes Jahr',

  // changes of seats and plan
  changeSeats: 'Plätze ändern',
  monthlyDifference: 'Der Unterschied kommt mit der nächsten Rechnung; heute wird nichts abgebucht.',
  yearlyDifference: 'Der Unterschied für den Rest des Jahres wird sofort abgebucht.',
  previewChange: 'Änderung ansehen',
  askingPrice: 'Preis wird erfragt...',
  newPreview: 'Neuer Preis',
  updateCard: 'Karte ändern',
  whatChanges: 'Was sich ändert',
  dueNow: 'Jetzt fällig',
  nextInvoice: 'Nächste Rechnung',
  invoicesFrom: (date: string) => `Rechnungen ab ${date}`,
  arrangeInstead: 'Zum Ende des Zeitraums wechseln',
  arrangedFor: (day: string) => `Vorgemerkt. Die Änderung kommt am ${day}.`,
  confirmChange: 'Änderung bestätigen',
  confirmAndPay: (amount: string) => `Bestätigen und ${amount} bezahlen`,
  changing: 'Wird geändert...',
  keepAsIs: 'So lassen',
  seatsAre: (count: number, f: Format) => `Sie haben jetzt ${seatsOf(count, f)}.`,
  changeTo: (plan: string) => `Zu ${plan} wechseln`,
  nowOn: (plan: string) => `Sie haben jetzt ${plan}.`,
};
