// rate-limiter-flexible on PostgreSQL. /run calls it in this process, as the bench calls ours in its own.
import pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { serve } from './serve.mjs';

const table = 'limits';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 64 });
const limiter = await new Promise((resolve, reject) => {
  const options = { storeClient: pool, tableName: table, points: 1_000_000_000, duration: 30 * 24 * 60 * 60 };
  const made = new RateLimiterPostgres(options, failure => (failure ? reject(failure) : resolve(made)));
});

const run = async query => {
  const [tenants, callers, seconds] = ['tenants', 'callers', 'seconds'].map(name => Number(query.get(name)));
  const latencies = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  let calls = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let now = performance.now(); now < end; ) {
        const called = now;
        await limiter.consume(`load-${calls++ % tenants}`);
        now = performance.now();
        latencies.push(now - called);
      }
    }),
  );
  const taken = (performance.now() - began) / 1000;
  latencies.sort((one, other) => one - other);
  const at = share => latencies[Math.floor((latencies.length - 1) * share)];
  return { granted: latencies.length, seconds: taken, p50: at(0.5), p99: at(0.99) };
};

serve(async request => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
  if (pathname === '/run') return JSON.stringify(await run(searchParams));
  await pool.query(`TRUNCATE ${table}`);
  return '{}';
});
