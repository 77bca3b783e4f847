import type { AdminMessages } from '../en/admin';
import type { Format } from '../format';

/** Every sentence of the administration's components, in German. */
export const adminGerman: AdminMessages = {
  more: 'Mehr zeigen',
  earlier: 'Frühere zeigen',
  loadingMore: 'Wird geladen...',
  nothing: 'Hier ist nichts.',
  why: 'Warum',
  whyHint: 'Wird mit Ihrem Namen aufbewahrt.',
  confirm: 'Bestätigen',
  keep: 'So lassen',
  working: 'Wird getan...',
  notAllowed: 'Diese Seite ist für die Verwaltung.',

  // accounts
  accounts: 'Konten',
  search: 'Konten suchen',
  searchHint: 'Name, E-Mail, Kontonummer oder Stripes Nummer eines Kunden oder Abonnements',
  find: 'Suchen',
  noAccounts: 'Kein Konto passt dazu.',
  shown: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} Konto gezeigt`, other: `${f.number(count)} Konten gezeigt` }),
  override: 'von Hand',
  alerts: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} Warnung`, other: `${f.number(count)} Warnungen` }),
  seats: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} Platz`, other: `${f.number(count)} Plätze` }),

  // one account
  noAccount: 'Die Adresse nennt kein Konto.',
  facts: {
    account: 'Konto',
    email: 'E-Mail für Rechnungen',
    customer: 'Kunde',
    subscription: 'Abonnement',
    status: 'Zustand',
    seats: 'Plätze',
    paidThrough: 'Bezahlt bis',
    pastDueSince: 'Überfällig seit',
    endsAt: 'Endet',
  },
  withoutEnd: 'ohne Ende',
  onlyWithoutEnd: 'Nur Tarife, die ohne Ende eingestellt wurden',
  overrideWithoutEnd: (tier: string, author: string) => `${author} hat ${tier} ohne Ende eingestellt.`,
  overrideOf: (tier: string, author: string, until: string) => `${author} hat ${tier} bis ${until} eingestellt.`,
  openAlerts: 'Offene Warnungen',
  refundsAndDisputes: 'Erstattungen und Anfechtungen',
  timeline: 'Verlauf',
  timelineHint: 'Das Neueste zuerst; Zeiten sind Abrechnungszeit, in UTC.',
  refreshNow: 'Jetzt abgleichen',
  refreshDone: 'Angefordert. Das Ergebnis steht gleich im Verlauf.',
  setTier: 'Tarif einstellen',
  tier: 'Tarif',
  until: 'Bis (UTC); leer für kein Ende',
  tierSet: 'Eingestellt. Es gilt bis zu seinem Ende oder bis es zurückgenommen wird, was Stripe auch sagt.',
  takeBack: 'Einstellung zurücknehmen',
  takenBack: 'Zurückgenommen. Es gilt wieder, was Stripe sagt.',

  // inbox
  events: 'Ereignisse',
  state: 'Zustand',
  anyState: 'Jeder Zustand',
  type: 'Art',
  account: 'Konto',
  filter: 'Filtern',
  noEvents: 'Kein Ereignis passt dazu.',
  payload: 'Inhalt',
  payloadOf: (id: string) => `Inhalt von ${id}`,
  payloadHint: 'Geheimnisse und Links, die ohne Anmeldung aufgehen, sind verborgen.',
  attempts: (count: number, f: Format) =>
    f.plural(count, { one: `${f.number(count)} Versuch`, other: `${f.number(count)} Versuche` }),
  replay: 'Wiederholen',
  replayed: (id: string) => `${id} beginnt noch einmal von vorn.`,

  // drift
  runs: 'Abgleiche',
  noRuns: 'Es lief noch kein Abgleich.',
  dryRun: 'Probelauf',
  running: 'läuft',
  compared: (compared: number, repaired: number, f: Format) =>
    `${f.number(compared)} verglichen, ${f.number(repaired)} berichtigt`,
  runDry: 'Jetzt ein Probelauf',
  runStarted: 'Ein Probelauf vergleicht jedes Konto mit Stripe und ändert nichts.',
  runUnderWay: 'Ein Abgleich läuft schon.',
  findings: (run: string) => `Gefunden von Lauf ${run}`,
  noFindings: 'Nichts wich ab.',
  noAlerts: 'Keine Warnung ist offen.',
  show: 'Zeigen',
  showRun: (run: string) => `Zeigen, was Lauf ${run} fand`,

  // figures
  byDay: 'Nach Tagen',
  byMonth: 'Nach Monaten',
  range: 'Zeitraum',
  now: 'Jetzt',
  mrr: 'Monatlich wiederkehrender Umsatz',
  mrrIs:
    'Das sind Plätze mal Monatspreis, oder ein Zwölftel des Jahrespreises, jedes Abonnements, das ' +
    'läuft oder überfällig ' +
    'ist, zu den Preisen des Katalogs. Probezeiten, von Hand Eingestelltes und was außerhalb von ' +
    'Stripe verkauft wird, ' +
    'sind kein Umsatz. Rabatte, Steuern und anteilige Beträge sind nicht enthalten.',
  none: 'keiner',
  atRisk: 'davon überfällig',
  subscriptions: 'Zahlende Abonnements',
  seatsPaid: 'Plätze',
  openFailures: 'Offene gescheiterte Zahlungen',
  unpriced: (count: number, f: Format) =>
    f.plural(count, {
      one: 'Ein Abonnement hat einen Preis, den der Katalog nicht kennt. Es ist nicht im Umsatz.',
      other: `${f.number(count)} Abonnements haben Preise, die der Katalog nicht kennt. Sie sind nicht im Umsatz.`,
    }),
  tiers: 'Konten nach Tarif',
  plans: 'Zahlende Abonnements nach Tarif',
  failures: 'Gescheiterte Zahlungen',
  began: 'Begonnen',
  recovered: 'Nachgeholt',
  lost: 'Verloren',
  usage: 'Verbrauch nach Zähler',
  historyFrom: (day: string) => `Aufgeschrieben wird seit ${day}; davor gibt es nichts.`,
  noHistory: 'Noch wurde nichts aufgeschrieben.',
  asTable: 'Als Tabelle',
  tableOf: (name: string) => `${name}, als Tabelle`,
  date: 'Datum',
  chartSays: (line: string, first: string, last: string, most: string) =>
    `${line}: zuerst ${first}, zuletzt ${last}, höchstens ${most}.`,

  // what was done
  billingIsOn: 'Die Abrechnung ist an.',
  billingIsOff: 'Die Abrechnung ist aus: Alles ist offen, nichts kann gekauft werden, Ereignisse warten.',
  offByEnvironment: 'Die Umgebung sagt BILLING_ENABLED=false, und das geht vor.',
  turnOff: 'Abrechnung ausschalten',
  turnOn: 'Abrechnung einschalten',
  switched: 'Getan. Alle Knoten folgen innerhalb einer Sekunde.',
  actions: 'Was die Verwaltung getan hat',
  noActions: 'Von hier aus wurde noch nichts getan.',
  by: 'von',
  underWay: 'unterwegs',
};
