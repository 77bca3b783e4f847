import { createComponent, type EventName, type ReactWebComponent } from '@lit/react';
import type {} from '@tollgate/web';
import * as React from 'react';

// A server renders the empty elements; the modules that fill them are for browsers alone.
if (typeof customElements !== 'undefined') {
  void import('@tollgate/web');
}

interface Leaving {
  readonly url: string;
}

const seatsChange = { onSeatsChange: 'tg-seats-change' as EventName<CustomEvent<{ readonly seats: number | null }>> };

export const PlanTable = wrap('tg-plan-table', ['plan', 'interval', 'seats', 'settingsUrl', 'contactUrl', 'navigate'], {
  onIntervalChange: 'tg-interval-change' as EventName<CustomEvent<{ readonly interval: 'month' | 'year' }>>,
  onPlanChoose: 'tg-plan-choose' as EventName<CustomEvent<{ readonly plan: string }>>,
  ...seatsChange,
  onCheckout: 'tg-checkout' as EventName<CustomEvent<Leaving>>,
});

export const BillingSummary = wrap('tg-billing-summary', ['upgradeUrl'], {
  onUpgrade: 'tg-upgrade' as EventName<CustomEvent<Leaving>>,
});

export const BillingBanner = wrap('tg-billing-banner', ['settingsUrl'], {});

export const UpgradePrompt = wrap('tg-upgrade-prompt', ['meter', 'noun', 'nouns', 'upgradeUrl', 'problem'], {
  onUpgrade: 'tg-upgrade' as EventName<CustomEvent<Leaving & { readonly meter: string }>>,
});

export const Usage = wrap('tg-usage', [], {});

export const SeatChange = wrap('tg-seat-change', [], seatsChange);

export const SeatEditor = wrap(
  'tg-seat-editor',
  ['value', 'minimum', 'maximum', 'inUse', 'holder', 'disabled'],
  seatsChange,
);

export const ScheduledChange = wrap('tg-scheduled-change', [], {});

export const CheckoutSuccess = wrap(
  'tg-checkout-success',
  ['sessionId', 'patience', 'continueUrl', 'settingsUrl', 'upgradeUrl'],
  {},
);

export const Invoices = wrap('tg-invoices', [], {});

export const Portal = wrap('tg-portal', ['label', 'primary', 'navigate'], {
  onPortal: 'tg-portal' as EventName<CustomEvent<Leaving>>,
  onPortalRefused: 'tg-portal-refused' as EventName<CustomEvent<{ readonly code: string }>>,
});

type Elements = HTMLElementTagNameMap;

/** What a wrapper sets, and what its `ref` is. */
export type Wrapped<Tag extends keyof Elements, Name extends keyof Elements[Tag]> = HTMLElement &
  Pick<Elements[Tag], Name> & { api: string };

/**
 * The wrapper by the names of the element's properties, so that it can be made before the element is defined. The
 * element takes what was set by then when it comes. `api` is an attribute: it is there before anything is asked.
 */
function wrap<
  Tag extends keyof Elements,
  Name extends keyof Elements[Tag],
  Events extends Record<string, EventName>,
>(tagName: Tag, names: readonly Name[], events: Events): ReactWebComponent<Wrapped<Tag, Name>, Events> {
  const elementClass = class {} as unknown as new () => Wrapped<Tag, Name>;
  Object.assign(elementClass.prototype, Object.fromEntries(names.map((name) => [name, undefined])));
  return createComponent({ react: React, tagName, elementClass, events, displayName: tagName });
}
