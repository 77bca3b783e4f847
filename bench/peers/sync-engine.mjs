// @supabase/stripe-sync-engine as its README has it: every event is verified and upserted into its tables.
import { createRequire } from 'node:module';
import { serve } from './serve.mjs';

// its ES module looks for the migrations by __dirname, which ES modules do not have
const { runMigrations, StripeSync } = createRequire(import.meta.url)('@supabase/stripe-sync-engine');
const databaseUrl = process.env.DATABASE_URL;
// it hands a migration that fails to the logger, and goes on
const logger = {
  info() {},
  error(failure) {
    throw failure;
  },
};
await runMigrations({ databaseUrl, schema: 'stripe', logger });
const sync = new StripeSync({
  poolConfig: { connectionString: databaseUrl, max: 20 },
  stripeSecretKey: process.env.STRIPE_SECRET_KEY,
  stripeWebhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
});

serve(async (request, body) => {
  await sync.processWebhook(body, request.headers['stripe-signature']);
  return '{"received":true}';
});
