/** After Checkout. */
export const checkout = {
  confirming: 'Looking up your payment',
  confirmingMore: 'One moment.',
  paymentPending: 'Waiting for your payment',
  paymentPendingMore: 'Stripe has not confirmed it yet. This page follows by itself.',
  paymentReceived: 'Payment received',
  provisioning: 'Provisioning... this usually takes a few seconds.',
  youAreOn: (plan: string) => `You're on ${plan}`,
  planWorks: 'Everything in your plan works from now on.',
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
