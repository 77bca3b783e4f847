import type { shared as english } from '../en/shared';

export const shared: typeof english = {
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  tooSlow: 'Der Server braucht zu lange für eine Antwort. Versuchen Sie es gleich noch einmal.',
  malformed:
    'Die Antwort des Servers ist unverständlich. Laden Sie die Seite neu und sagen Sie uns ' +
    'Bescheid, wenn das so bleibt.',
  signedOut: 'Sie sind abgemeldet. Melden Sie sich wieder an und kommen Sie dann hierher zurück.',
  notAllowed: 'Ihre Rolle erlaubt das nicht. Fragen Sie, wer die Abrechnung verwaltet.',
  failed: (status: number) => `Das hat nicht geklappt (Fehler ${status}). Versuchen Sie es gleich noch einmal.`,
  tryAgain: 'Noch einmal versuchen',
  loading: 'Wird geladen',
  problems: {
    account_closed: 'Dieses Konto ist geschlossen.',
    add_ons_in_the_way:
      'Solange Zusätze gebucht sind, lässt sich nicht zwischen monatlich und jährlich wechseln. ' +
      'Entfernen Sie sie zuerst.',
    already_subscribed: 'Sie haben schon ein Abonnement. Plätze und Tarif ändern Sie auf Ihrer Abrechnungsseite.',
    billing_admin_required: 'Das darf nur, wer die Abrechnung verwaltet.',
    billing_busy: 'Eine andere Änderung ist noch unterwegs. Versuchen Sie es gleich noch einmal.',
    billing_disabled: 'Die Abrechnung ist gerade abgeschaltet. Versuchen Sie es später noch einmal.',
    billing_email_required: 'Für die Abrechnung ist keine E-Mail-Adresse bekannt. Bestätigen Sie zuerst eine.',
    change_pending: 'Eine andere Änderung wartet auf ihre Zahlung. Bestätigen Sie sie, oder nehmen Sie sie zurück.',
    change_scheduled: 'Für das Ende des Zeitraums ist schon eine Änderung vorgemerkt. Nehmen Sie sie zuerst zurück.',
    interval_switch: 'Innerhalb eines bezahlten Zeitraums lässt sich nicht zwischen monatlich und jährlich wechseln.',
    no_billing_account: 'Sie gehören zu keinem Konto, das abgerechnet wird.',
    no_customer: 'Hier wurde noch nichts gekauft.',
    no_subscription: 'Es gibt kein laufendes Abonnement, das sich ändern ließe.',
    nothing_scheduled: 'Es ist keine Änderung vorgemerkt, die sich zurücknehmen ließe.',
    nothing_to_change: 'Das ist schon so.',
    payment_declined: 'Ihre Karte wurde abgelehnt, und nichts wurde geändert. Hinterlegen Sie eine andere.',
    payment_outstanding: 'Die letzte Zahlung steht noch aus. Bezahlen Sie sie, bevor Sie etwas ändern.',
    plan_sold_by_people: 'Diesen Tarif verkaufen Menschen. Sprechen Sie uns an.',
    portal_not_set_up: 'Die Seite von Stripe ist noch nicht eingerichtet. Sagen Sie uns Bescheid.',
    quote_does_not_add_up: 'Der Preis ließ sich nicht ermitteln. Es wurde nichts geändert. Schreiben Sie uns.',
    quote_expired: 'Dieser Preis gilt nicht mehr. Lassen Sie sich einen neuen zeigen.',
    quote_stale: 'Ihr Abonnement hat sich inzwischen geändert. Lassen Sie sich einen neuen Preis zeigen.',
    repo_limit_exceeded: 'Es sind mehr Repositories verbunden, als der Tarif erlaubt. Trennen Sie zuerst welche.',
    seats_below_active: 'So viele Plätze reichen nicht für alle, die heute aktiv sind.',
    stripe_busy: 'Stripe antwortet gerade nicht. Versuchen Sie es gleich noch einmal.',
    stripe_refused: 'Stripe hat die Anfrage abgelehnt. Sagen Sie uns Bescheid, wenn das so bleibt.',
    too_many_changes: 'Das waren zu viele Änderungen in kurzer Zeit. Versuchen Sie es später noch einmal.',
  },
};
