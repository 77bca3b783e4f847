import type { checkout as english } from '../en/checkout';

export const checkout: typeof english = {
  confirming: 'Ihre Zahlung wird gesucht',
  confirmingMore: 'Einen Augenblick.',
  paymentPending: 'Ihre Zahlung wird erwartet',
  paymentPendingMore: 'Stripe hat sie noch nicht bestätigt. Diese Seite geht von selbst weiter.',
  paymentReceived: 'Zahlung erhalten',
  provisioning: 'Wird eingerichtet... das dauert meist ein paar Sekunden.',
  youAreOn: (plan: string) => `Sie haben jetzt ${plan}`,
  planWorks: 'Alles aus Ihrem Tarif steht ab jetzt bereit.',
  upgradeReady: 'Ihr neuer Tarif ist da',
  continue: 'Weiter',
  takingLonger: 'Das dauert länger als sonst',
  takingLongerMore:
    'Ihre Zahlung ist sicher, und der Zugang folgt von selbst, meist in wenigen Minuten. Sie ' +
    'können diese Seite verlassen.',
  stillPending: 'Noch keine Zahlung',
  stillPendingMore:
    'Stripe hat für diesen Kauf keine Zahlung bestätigt. Haben Sie gerade bezahlt, sehen Sie in ' +
    'einer Minute noch einmal nach.',
  lookAgain: 'Noch einmal nachsehen',
  unknownCheckout: 'Diesen Kauf kennen wir nicht',
  unknownCheckoutMore:
    'Vielleicht gehört er zu einem anderen Konto, oder der Link ist unvollständig. Ihr Tarif steht ' +
    'auf Ihrer Abrechnungsseite.',
  cannotConfirm: 'Ihre Zahlung ließ sich nicht nachsehen',
  reconnecting: 'Der Server ist nicht erreichbar. Wir versuchen es weiter...',
};
