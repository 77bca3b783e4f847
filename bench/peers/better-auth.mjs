// @better-auth/stripe as shipped: its webhook updates the row of a subscription that it knows. It does nothing for
// invoice.paid, and answers 200 when an update failed.
import { stripe } from '@better-auth/stripe';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import Stripe from 'stripe';
import { serve } from './serve.mjs';

const customers = 1000;
const digits = 10;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const api = new URL(process.env.STRIPE_API_BASE);
const client = new Stripe(process.env.STRIPE_SECRET_KEY, {
  host: api.hostname,
  port: api.port,
  protocol: 'http',
});
const prices = await client.prices.list({ limit: 100 });
const options = {
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  secret: process.env.STRIPE_WEBHOOK_SECRET,
  database: pool,
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [
    stripe({
      stripeClient: client,
      stripeWebhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
      subscription: {
        enabled: true,
        plans: prices.data.map(price => ({ name: price.id, priceId: price.id })),
      },
    }),
  ],
};
await (await getMigrations(options)).runMigrations();

// the events are of the one subscription that the Sandbox has, with other digits at the end
const [known] = (await client.subscriptions.list({ limit: 1 })).data;
await pool.query(
  `INSERT INTO subscription (id, plan, "referenceId", "stripeCustomerId", "stripeSubscriptionId", status)
   SELECT 'row-' || n, $1, 'user-' || n, $2 || lpad(n::text, $4, '0'), $3 || lpad(n::text, $4, '0'), 'incomplete'
   FROM generate_series(0, $5::int - 1) n`,
  [known.items.data[0].price.id, known.customer.slice(0, -digits), known.id.slice(0, -digits), digits, customers],
);
const auth = betterAuth(options);
const url = `${options.baseURL}/api/auth/stripe/webhook`;

serve(async (request, body) => {
  const headers = { 'content-type': 'application/json', 'stripe-signature': request.headers['stripe-signature'] };
  const answer = await auth.handler(new Request(url, { method: 'POST', headers, body }));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status}: ${text}`);
  return text;
});
