// Made by build/schema.js of the API's own document, to be read whole. Do not edit.
export interface paths {
    readonly "/api/billing/admin/accounts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every account, or those that match a search. */
        readonly get: operations["findAccounts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/accounts/{account}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Why an account's access is as it is. */
        readonly get: operations["explainAccount"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/accounts/{account}/override": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sets a tier until its end, whatever Stripe says; a plan that is sold off Stripe needs none. */
        readonly post: operations["setOverride"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/accounts/{account}/override/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What Stripe says holds again, at once. */
        readonly post: operations["endOverride"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/accounts/{account}/refresh": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Asks Stripe about the account, within a second. */
        readonly post: operations["refreshAccount"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The switch, and what administrators did. */
        readonly get: operations["listActions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/drift": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The latest reconciles, and what one of them found. */
        readonly get: operations["readDrift"];
        readonly put?: never;
        /** Compares every account with Stripe; changes nothing. */
        readonly post: operations["askDryRun"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Stripe's events, the newest first. */
        readonly get: operations["listEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/events/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One event, without what opens something. */
        readonly get: operations["readEvent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/events/{id}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Starts an event again that was not applied. */
        readonly post: operations["replayEvent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/figures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the accounts bring in, now and over time. */
        readonly get: operations["readFigures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/admin/switch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Switches billing off or on, on every node. */
        readonly post: operations["switchBilling"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/checkout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Opens Stripe's checkout page for a plan. */
        readonly post: operations["startCheckout"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/features": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every feature, and whether the account has it now. */
        readonly get: operations["listFeatures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/plans": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The plans to choose from, and the seats that can be chosen. */
        readonly get: operations["listPlans"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/portal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Opens Stripe's portal: cards, invoices, cancelling. */
        readonly post: operations["openPortal"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/seats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Shows what other seats cost; with the preview's date, buys them. */
        readonly post: operations["changeSeats"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the account has now: plan, use, and what ends when. */
        readonly get: operations["readStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Says by server-sent events that something of the account changed. */
        readonly get: operations["streamChanges"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/success": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How far a checkout has come that Stripe's page came back from. */
        readonly get: operations["completeCheckout"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/billing/upgrade": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Shows what another price costs; then changes, now or at the period's end. */
        readonly post: operations["changePlan"];
        /** Takes back the change that waits for its payment, or for the period's end. */
        readonly delete: operations["takeBackChange"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Problem details of RFC 9457. The code is stable; a code may bring members of its own. */
        readonly Problem: {
            readonly code: string;
            readonly detail: string;
            readonly status: number;
            readonly title: string;
            readonly type: string;
        } & {
            readonly [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly findAccounts: {
        readonly parameters: {
            readonly query?: {
                /** @description The cursor of the former page. */
                readonly after?: string;
                /** @description Beginnings of words, or an id of ours or Stripe's. */
                readonly search?: string;
                /** @description true: only those whose tier was set by hand without an end. */
                readonly without_end?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly accounts: readonly {
                            readonly account: string;
                            readonly billing_email: string;
                            readonly customer: string | null;
                            /** Format: date-time */
                            readonly ends_at: string | null;
                            readonly is_overridden: boolean;
                            readonly name: string;
                            readonly open_alerts: number;
                            /** Format: date-time */
                            readonly override_until: string | null;
                            /** Format: date-time */
                            readonly paid_through: string | null;
                            /** Format: date-time */
                            readonly past_due_since: string | null;
                            readonly seats: number | null;
                            readonly status: string | null;
                            readonly subscription: string | null;
                            readonly tier: string;
                        }[];
                        readonly next: string | null;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly explainAccount: {
        readonly parameters: {
            readonly query?: {
                /** @description The cursor of the former page. */
                readonly before?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly account: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly access: string;
                        readonly account: {
                            readonly account: string;
                            readonly billing_email: string;
                            readonly customer: string | null;
                            /** Format: date-time */
                            readonly ends_at: string | null;
                            readonly is_overridden: boolean;
                            readonly name: string;
                            readonly open_alerts: number;
                            /** Format: date-time */
                            readonly override_until: string | null;
                            /** Format: date-time */
                            readonly paid_through: string | null;
                            /** Format: date-time */
                            readonly past_due_since: string | null;
                            readonly seats: number | null;
                            readonly status: string | null;
                            readonly subscription: string | null;
                            readonly tier: string;
                        } | null;
                        readonly alerts: readonly {
                            readonly account: string | null;
                            readonly detail: string;
                            readonly id: number;
                            /** Format: date-time */
                            readonly raised_at: string;
                            readonly reason: string;
                        }[];
                        readonly next: number | null;
                        readonly override: {
                            readonly author: string | null;
                            readonly reason: string | null;
                            readonly tier: string;
                            /** Format: date-time */
                            readonly until: string | null;
                        } | null;
                        readonly refunds_and_disputes: readonly {
                            readonly amount: {
                                readonly amount_minor: number;
                                readonly currency: string;
                            };
                            /** Format: date-time */
                            readonly at: string;
                            readonly charge_id: string;
                            readonly id: string;
                            readonly is_whole: boolean;
                            readonly kind: "refund" | "dispute";
                            /** Format: date-time */
                            readonly paid_through: string | null;
                            readonly reason: string | null;
                            readonly status: string;
                            readonly subscription_id: string | null;
                        }[];
                        readonly tiers: readonly {
                            readonly id: string;
                            readonly name: string;
                        }[];
                        readonly timeline: readonly {
                            /** Format: date-time */
                            readonly at: string;
                            readonly detail: string;
                            readonly kind: "event" | "refund_or_dispute" | "sync" | "change" | "effect"
                              | "quote" | "mail" | "alert" | "action";
                            readonly what: string;
                        }[];
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "account_not_found";
                        readonly status: 404;
                    };
                };
            };
        };
    };
    readonly setOverride: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly account: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly tier: string;
                    /**
                     * Format: date-time
                     * @default null
                     */
                    readonly until?: string | null;
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "account_not_found";
                        readonly status: 404;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "billing_busy";
                        readonly status: 409;
                    };
                };
            };
        };
    };
    readonly endOverride: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly account: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "account_not_found";
                        readonly status: 404;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "billing_busy";
                        readonly status: 409;
                    };
                };
            };
        };
    };
    readonly refreshAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly account: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "account_not_found";
                        readonly status: 404;
                    };
                };
            };
        };
    };
    readonly listActions: {
        readonly parameters: {
            readonly query?: {
                /** @description The cursor of the former page. */
                readonly before?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly actions: readonly {
                            readonly account: string | null;
                            readonly action: string;
                            /** Format: date-time */
                            readonly at: string;
                            readonly author: string;
                            readonly id: number;
                            readonly outcome: string | null;
                            readonly subject: string;
                            readonly why: string;
                        }[];
                        readonly billing: {
                            readonly is_off_by_environment: boolean;
                            readonly is_on: boolean;
                        };
                        readonly next: number | null;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly readDrift: {
        readonly parameters: {
            readonly query?: {
                /** @description Of the former page's cursor. */
                readonly kind?: string;
                /** @description Whose findings; the latest by default. */
                readonly run?: string;
                /** @description Of the former page's cursor. */
                readonly subject?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly alerts: readonly {
                            readonly account: string | null;
                            readonly detail: string;
                            readonly id: number;
                            /** Format: date-time */
                            readonly raised_at: string;
                            readonly reason: string;
                        }[];
                        readonly findings: readonly {
                            readonly account: string | null;
                            readonly change: string | null;
                            /** Format: date-time */
                            readonly found_at: string;
                            readonly kind: string;
                            readonly subject: string;
                        }[];
                        readonly next: {
                            readonly kind: string;
                            readonly subject: string;
                        } | null;
                        readonly run: number | null;
                        readonly runs: readonly {
                            readonly accounts_compared: number;
                            /** Format: date-time */
                            readonly finished_at: string | null;
                            readonly is_dry_run: boolean;
                            readonly repaired: number;
                            readonly run_id: number;
                            /** Format: date-time */
                            readonly started_at: string;
                        }[];
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly askDryRun: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly listEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description Only of this account. */
                readonly account?: string;
                /** @description The cursor of the former page. */
                readonly after?: string;
                /** @description Why it is in its state: foreign is another system's in the same Stripe account. */
                readonly reason?: string;
                /** @description received, waiting, parked, applied, ignored, quarantined or dead. */
                readonly state?: string;
                /** @description Stripe's type. */
                readonly type?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly account: string | null;
                            readonly attempts: number;
                            /** Format: date-time */
                            readonly created_at: string | null;
                            readonly customer: string | null;
                            readonly event_id: string;
                            readonly reason: string | null;
                            /** Format: date-time */
                            readonly received_at: string;
                            readonly state: string;
                            readonly type: string;
                        }[];
                        readonly next: string | null;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly readEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly can_replay: boolean;
                        readonly event: {
                            readonly account: string | null;
                            readonly attempts: number;
                            /** Format: date-time */
                            readonly created_at: string | null;
                            readonly customer: string | null;
                            readonly event_id: string;
                            readonly reason: string | null;
                            /** Format: date-time */
                            readonly received_at: string;
                            readonly state: string;
                            readonly type: string;
                        };
                        readonly payload: unknown;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "event_not_found";
                        readonly status: 404;
                    };
                };
            };
        };
    };
    readonly replayEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its id. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "event_not_found";
                        readonly status: 404;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "nothing_to_replay";
                        readonly status: 409;
                    };
                };
            };
        };
    };
    readonly readFigures: {
        readonly parameters: {
            readonly query?: {
                /** @description day or month. */
                readonly by?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly by: string;
                        readonly meters: readonly {
                            readonly id: string;
                            readonly name: string;
                        }[];
                        readonly now: {
                            /** Format: date-time */
                            readonly as_of: string;
                            readonly at_risk: readonly {
                                readonly amount_minor: number;
                                readonly currency: string;
                            }[];
                            readonly open_failures: number;
                            readonly revenue: readonly {
                                readonly amount_minor: number;
                                readonly currency: string;
                            }[];
                            readonly seats: number;
                            readonly subscriptions: number;
                            readonly tiers: readonly {
                                readonly accounts: number;
                                readonly name: string;
                                readonly tier: string;
                            }[];
                            readonly unpriced: number;
                        };
                        readonly plans: readonly {
                            readonly id: string;
                            readonly name: string;
                        }[];
                        readonly series: readonly {
                            /** Format: date */
                            readonly date: string;
                            readonly failed: number;
                            readonly lost: number;
                            readonly plans: {
                                readonly [key: string]: number;
                            };
                            readonly recovered: number;
                            readonly revenue: readonly {
                                readonly amount_minor: number;
                                readonly currency: string;
                            }[];
                            readonly seats: number;
                            readonly usage: {
                                readonly [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_403";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly switchBilling: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly on: boolean;
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly startCheckout: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @default null */
                    readonly currency?: string | null;
                    readonly price_id: string;
                    readonly seat_count?: number;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly checkout_url: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "unknown_price" | "currency_not_offered" | "invalid_request"
                          | "seat_count_out_of_range";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account" | "billing_admin_required" | "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "account_closed" | "billing_email_required" | "nothing_for_sale"
                          | "plan_sold_by_people" | "seats_below_active" | "already_subscribed"
                          | "payment_outstanding" | "billing_busy";
                        readonly status: 409;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable" | "billing_disabled" | "stripe_busy";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly listFeatures: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly features: readonly {
                            readonly feature: string;
                            readonly granted: boolean;
                            readonly granted_by: "none" | "plan" | "entitlement" | "override";
                            readonly plans: readonly string[];
                        }[];
                        readonly plan: string;
                        /** Format: uri */
                        readonly upgrade_url: string;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account";
                        readonly status: 403;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly listPlans: {
        readonly parameters: {
            readonly query?: {
                /** @description One that the plans are sold in; what the account pays in already wins. */
                readonly currency?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly currencies: readonly string[];
                        readonly currency: string;
                        readonly current_plan: string;
                        readonly plans: readonly {
                            readonly contact: boolean;
                            readonly highlights: readonly string[];
                            readonly id: string;
                            readonly limits: {
                                readonly [key: string]: number;
                            };
                            readonly name: string;
                            readonly prices: readonly {
                                readonly currency: string;
                                readonly id: string;
                                readonly interval: "month" | "year";
                                readonly unit_amount: number;
                            }[];
                            readonly trial: {
                                readonly days: number;
                                readonly needs_card: boolean;
                            } | null;
                        }[];
                        readonly seats: {
                            readonly holder: {
                                readonly [key: string]: {
                                    readonly many: string;
                                    readonly one: string;
                                };
                            };
                            readonly in_use: number;
                            readonly maximum: number;
                            readonly minimum: number;
                        };
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "currency_not_offered";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account";
                        readonly status: 403;
                    };
                };
            };
        };
    };
    readonly openPortal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly portal_url: string;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account" | "billing_admin_required" | "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "nothing_for_sale" | "no_customer";
                        readonly status: 409;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable" | "billing_disabled" | "stripe_busy"
                          | "portal_not_set_up";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly changeSeats: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly preview: boolean;
                    readonly proration_date?: number;
                    readonly seat_count: number;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly amount_due: number;
                        readonly currency: string;
                        readonly due_now: number;
                        readonly lines: readonly {
                            readonly amount: number;
                            readonly description: string;
                        }[];
                        readonly next_invoice_total: number;
                        readonly proration_date: number;
                    } | {
                        readonly status: string;
                    } | {
                        /** Format: date-time */
                        readonly expires_at: string | null;
                        readonly payment_url: string | null;
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request" | "seat_count_out_of_range"
                          | "proration_date_required";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "payment_declined";
                        readonly status: 402;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account" | "billing_admin_required" | "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "nothing_for_sale" | "billing_busy" | "no_subscription"
                          | "payment_outstanding" | "subscription_not_recognised" | "change_scheduled"
                          | "change_pending" | "nothing_to_change" | "seats_below_active" | "quote_expired"
                          | "quote_stale";
                        readonly status: 409;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls" | "too_many_changes";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused" | "quote_does_not_add_up";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable" | "billing_disabled" | "stripe_busy";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly readStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly add_ons: readonly {
                            readonly id: string;
                            readonly name: string;
                            readonly quantity: number | null;
                        }[] | null;
                        readonly billing_enabled: boolean;
                        readonly currency: string | null;
                        /** Format: date-time */
                        readonly ends_at: string | null;
                        readonly features: readonly string[];
                        /** Format: date-time */
                        readonly grace_ends_at: string | null;
                        readonly interval: "month" | "year" | null;
                        readonly kind: "none" | "free" | "paid";
                        readonly limits: {
                            readonly [key: string]: {
                                readonly limit: number | null;
                                readonly meter: string;
                                readonly name: string;
                                readonly noun: {
                                    readonly [key: string]: {
                                        readonly many: string;
                                        readonly one: string;
                                    };
                                };
                                readonly used: number;
                            };
                        } | null;
                        /** Format: date-time */
                        readonly now: string;
                        readonly override: {
                            readonly tier: string;
                            /** Format: date-time */
                            readonly until: string | null;
                        } | null;
                        readonly pending_change: {
                            /** Format: date-time */
                            readonly expires_at: string;
                            readonly payment_url: string | null;
                            readonly price_id: string;
                            readonly seats: number;
                        } | null;
                        /** Format: date-time */
                        readonly period_end: string | null;
                        readonly price_id: string | null;
                        /** Format: date-time */
                        readonly reset_at: string | null;
                        readonly scheduled_change: {
                            /** Format: date-time */
                            readonly effective_at: string;
                            readonly price_id: string;
                            readonly seats: number;
                        } | null;
                        readonly seat_holder: {
                            readonly [key: string]: {
                                readonly many: string;
                                readonly one: string;
                            };
                        };
                        readonly seats: number | null;
                        readonly seats_in_use: number;
                        readonly status: "active" | "past_due" | "canceled" | "unpaid" | "incomplete" | null;
                        readonly tier: string;
                        readonly tier_name: string;
                        /** Format: date-time */
                        readonly trial_ends_at: string | null;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account";
                        readonly status: 403;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly streamChanges: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account";
                        readonly status: 403;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_streams";
                        readonly status: 429;
                    };
                };
            };
        };
    };
    readonly completeCheckout: {
        readonly parameters: {
            readonly query: {
                /** @description Stripe's id of the Checkout Session. */
                readonly session_id: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: "pending" | "provisioning" | "active";
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account";
                        readonly status: 403;
                    };
                };
            };
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "checkout_session_not_found";
                        readonly status: 404;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_busy";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly changePlan: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @default now
                     * @enum {unknown}
                     */
                    readonly effective?: "now" | "period_end";
                    readonly preview: boolean;
                    readonly price_id: string;
                    readonly proration_date?: number;
                };
            };
        };
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly amount_due: number;
                        readonly currency: string;
                        readonly due_now: number;
                        readonly lines: readonly {
                            readonly amount: number;
                            readonly description: string;
                        }[];
                        readonly next_invoice_total: number;
                        readonly proration_date: number;
                    } | {
                        readonly amount_due: number;
                        readonly currency: string;
                        readonly due_now: number;
                        /** Format: date-time */
                        readonly effective_at: string;
                        readonly lines: readonly {
                            readonly amount: number;
                            readonly description: string;
                        }[];
                        readonly next_invoice_total: number;
                    } | {
                        readonly status: string;
                    } | {
                        /** Format: date-time */
                        readonly expires_at: string | null;
                        readonly payment_url: string | null;
                        readonly status: string;
                    } | {
                        /** Format: date-time */
                        readonly effective_at: string;
                        readonly status: string;
                    };
                };
            };
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "invalid_request" | "seat_count_out_of_range"
                          | "proration_date_required" | "unknown_price" | "currency_not_offered";
                        readonly status: 400;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "payment_declined";
                        readonly status: 402;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account" | "billing_admin_required" | "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "nothing_for_sale" | "billing_busy" | "no_subscription"
                          | "payment_outstanding" | "subscription_not_recognised" | "change_scheduled"
                          | "change_pending" | "nothing_to_change" | "seats_below_active" | "quote_expired"
                          | "quote_stale" | "plan_sold_by_people" | "interval_switch" | "add_ons_in_the_way";
                        readonly status: 409;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls" | "too_many_changes";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused" | "quote_does_not_add_up";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable" | "billing_disabled" | "stripe_busy";
                        readonly status: 503;
                    };
                };
            };
        };
    };
    readonly takeBackChange: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly status: string;
                    };
                };
            };
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "http_401";
                        readonly status: 401;
                    };
                };
            };
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "no_billing_account" | "billing_admin_required" | "cross_site_request";
                        readonly status: 403;
                    };
                };
            };
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "nothing_for_sale" | "billing_busy" | "nothing_scheduled"
                          | "change_scheduled";
                        readonly status: 409;
                    };
                };
            };
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "too_many_calls";
                        readonly status: 429;
                    };
                };
            };
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "stripe_refused";
                        readonly status: 502;
                    };
                };
            };
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"] & {
                        readonly code: "service_unavailable" | "billing_disabled" | "stripe_busy";
                        readonly status: 503;
                    };
                };
            };
        };
    };
}
