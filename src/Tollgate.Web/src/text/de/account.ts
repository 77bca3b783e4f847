import type { account as english } from '../en/account';
import type { Format } from '../format';

export const account: typeof english = {
  // usage
  usage: 'Verbrauch',
  usedOf: (used: number, limit: number, f: Format) => `${f.number(used)} von ${f.number(limit)}`,
  resets: (when: string) => `beginnt ${when} neu`,
  unlimited: 'unbegrenzt',
  startsWithFirstRun: 'beginnt mit dem ersten Lauf',
  nothingLimited: (plan: string) => `In ${plan} ist nichts begrenzt.`,

  // summary
  renews: (date: string) => `verlängert sich am ${date}`,
  ends: (date: string) => `endet am ${date}`,
  openUntil: (date: string) => `offen bis ${date}`,
  trialEnds: (date: string) => `Probe bis ${date}`,
  trial: 'Probe',
  inUse: (count: number, f: Format) => `${f.number(count)} belegt`,
  moreDevelopersThanSeats: (count: number, f: Format) =>
    f.plural(count, {
      one: 'Eine Person mehr als Plätze. Niemand wird ausgesperrt.',
      other: `${f.number(count)} Personen mehr als Plätze. Niemand wird ausgesperrt.`,
    }),
  cardFailed: 'Wir konnten Ihre Karte nicht belasten.',
  worksUntil: (day: string, days: number, f: Format) => {
    const left = f.plural(days, { one: `${f.number(days)}\u00a0Tag`, other: `${f.number(days)}\u00a0Tage` });
    return days === 0
      ? `Alles läuft noch heute, ${day}, weiter. Bezahlen Sie vorher, und es ist erledigt.`
      : `Alles läuft bis ${day} weiter (${left}). Bezahlen Sie vorher, und es ist erledigt.`;
  },
  worksMeanwhile: 'Alles läuft einstweilen weiter. Bezahlen Sie bald, und es ist erledigt.',
  closedUntilPaid: 'Ihr Tarif ist geschlossen, bis Sie bezahlen. Bezahlen Sie jetzt, und er ist wieder offen.',
  subscriptionEnded: 'Ihr Abonnement ist beendet.',
  invoiceUnpaid: 'Ihre letzte Rechnung wurde nicht bezahlt.',
  planUntil: (plan: string, day: string) => `${plan} bleibt bis ${day} offen.`,
  trialEndsOn: (plan: string, day: string) => `Ihre Probe von ${plan} endet am ${day}.`,
  trialThen:
    'Mit einer hinterlegten Karte geht es danach weiter; ohne Karte endet der Tarif, und nichts ' +
    'wird abgebucht.',
  addCard: 'Karte hinterlegen',
  endsOn: (plan: string, day: string) => `${plan} endet am ${day} und verlängert sich nicht.`,
  worksUntilThen: 'Bis dahin läuft alles weiter.',
  keepPlan: (plan: string) => `${plan} behalten`,
  addSeats: 'Plätze hinzufügen',
  given: (plan: string) => `Sie haben ${plan}, eingestellt von unserem Team.`,
  givenUntil: (plan: string, day: string) => `Sie haben ${plan} bis ${day}, eingestellt von unserem Team.`,
  changeArranged: (plan: string, seats: string, day: string) => `Ab ${day} haben Sie ${plan}, ${seats}.`,
  changeArrangedOn: (day: string) => `Für den ${day} ist eine Änderung vorgemerkt.`,
  bankAsks: 'Ihre Bank bittet Sie, die Zahlung zu bestätigen. Mit ihr kommt die Änderung, nicht vorher.',
  changeWaits: (seats: string) => `Eine Änderung auf ${seats} wartet, bis ihre Zahlung bestätigt ist.`,
  confirmPayment: 'Zahlung bestätigen',
  takeBack: 'Zurücknehmen',
  takenBack: 'Zurückgenommen. Ihr Tarif bleibt, wie er ist.',
  takingBack: 'Wird zurückgenommen...',
  upgrade: 'Tarif wählen',
  manageSubscription: 'Abonnement verwalten',
  payNow: 'Karte ändern und bezahlen',
  invoices: 'Rechnungen',
  invoicesMore: 'Alle Rechnungen und Belege liegen bei Stripe, zum Lesen und als PDF.',
  nextInvoiceOn: (date: string) => `nächste am ${date}`,
  seeInvoices: 'Rechnungen ansehen',
  noInvoices: 'Noch keine: Bisher wurde nichts gekauft.',
  openingPortal: 'Wird geöffnet...',
  unsafePortal: 'Der Server hat eine Seite genannt, die wir nicht kennen. Wir haben sie nicht geöffnet.',
};
