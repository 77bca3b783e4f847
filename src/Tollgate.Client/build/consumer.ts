// What who installs the package writes: the types must let it through. Checked by check-package.js, never built.
import { createTollgateClient, readProblem, type Problem, type TollgateClient } from '@tollgate/client';

const billing: TollgateClient = createTollgateClient({ baseUrl: 'https://app.example.com', credentials: 'include' });

export async function buySeats(seats: number): Promise<string> {
  const preview = await billing.POST('/api/billing/seats', { body: { seat_count: seats, preview: true } });
  if (preview.error) {
    // each status of the path has codes of its own
    const declined: 'payment_declined' | null = preview.error.status === 402 ? preview.error.code : null;
    return declined ?? preview.error.detail;
  }
  const { data } = await billing.GET('/api/billing/status');
  const kind: 'none' | 'free' | 'paid' | undefined = data?.kind;
  const used: number | undefined = data?.limits?.['fixes']?.used;
  return `${kind} ${used}`;
}

export async function runFix(): Promise<Problem | null> {
  const answer = await fetch('/api/fix', { method: 'POST' });
  return answer.ok ? null : await readProblem(answer);
}

// @ts-expect-error: there is no such path
void billing.GET('/api/billing/nothing');
