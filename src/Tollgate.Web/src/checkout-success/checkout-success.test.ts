import { beforeEach, describe, expect, test, vi } from 'vitest';
import './checkout-success';
import { freeAnswer, paidAnswer } from '../testing/answers';
import { find, json, show, textOf, useApi } from '../testing/page';
import type { CheckoutSuccess } from './checkout-success.component';

const api = useApi();
let hidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  hidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});

function showSuccess(session = 'cs_test_1'): Promise<CheckoutSuccess> {
  return show<CheckoutSuccess>(`<tg-checkout-success session-id="${session}"></tg-checkout-success>`);
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

function turnTo(state: 'hidden' | 'visible'): void {
  hidden = state === 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('on the way', () => {
  test('a payment that arrived waits for access, and says so', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    expect(textOf(find(page, '[role="status"]'))).toBe(
      'Payment received Provisioning... this usually takes a few seconds.',
    );
    expect(find(page, '.outcome').getAttribute('aria-busy')).toBe('true');
    expect(api().to('success')[0]?.url).toBe('/api/billing/success?session_id=cs_test_1');
  });

  test('the status is asked every two seconds, and the plan is named only when it is there', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    await pass(4_000);
    expect(api().to('status')).toHaveLength(3);
    expect(textOf(page)).not.toContain("You're on");
    api().on('status', paidAnswer());
    await pass(2_000);
    expect(textOf(find(page, '[role="status"]'))).toBe(
      "You're on Team 3 seats. Everything in your plan works from now on.",
    );
    await pass(10_000);
    expect(api().to('status')).toHaveLength(4);
  });

  test('an unpaid session is asked again until it is paid', async () => {
    api().on('success', { status: 'pending' }).on('status', freeAnswer());
    const page = await showSuccess();
    expect(textOf(page)).toContain('Waiting for your payment');
    expect(api().to('status')).toHaveLength(0);
    api().on('success', { status: 'active' }).on('status', paidAnswer());
    await pass(2_000);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('a session that is active already is enough, even without a status', async () => {
    api().on('success', { status: 'active' });
    const page = await showSuccess();
    expect(textOf(page)).toContain('Your upgrade is ready');
    expect(textOf(page)).not.toContain("You're on");
  });
});

describe('a page in the background', () => {
  test('does not ask, and does not run out of patience', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    turnTo('hidden');
    await pass(60_000);
    expect(api().to('status')).toHaveLength(1);
    api().on('status', paidAnswer());
    turnTo('visible');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('asks once more when it is seen again after it gave up', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    await pass(32_000);
    expect(textOf(page)).toContain('This takes longer than usual');
    turnTo('hidden');
    api().on('status', paidAnswer());
    turnTo('visible');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('asks nothing before it is first seen', async () => {
    turnTo('hidden');
    api().on('success', { status: 'active' }).on('status', paidAnswer());
    const page = await showSuccess();
    expect(api().calls).toHaveLength(0);
    turnTo('visible');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('stops asking once it is gone', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    (await showSuccess()).remove();
    await pass(10_000);
    expect(api().to('status')).toHaveLength(1);
  });
});

describe('while the server pushes', () => {
  class Pushing extends EventTarget {
    static readonly CLOSED = 2;
    static last: Pushing;
    readyState = 1;

    constructor() {
      super();
      Pushing.last = this;
    }

    close(): void {
      this.readyState = Pushing.CLOSED;
    }

    say(what: string): void {
      this.dispatchEvent(new Event(what));
    }
  }

  beforeEach(() => vi.stubGlobal('EventSource', Pushing));

  test('nothing is asked until a change is pushed, which is seen at once', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    Pushing.last.say('status');
    await pass(0);
    const asked = api().to('status').length;
    await pass(20_000);
    expect(api().to('status')).toHaveLength(asked);
    api().on('status', paidAnswer());
    Pushing.last.say('status');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
    expect(Pushing.last.readyState).toBe(Pushing.CLOSED);
  });

  test('a lost stream is followed by asking every two seconds', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    Pushing.last.say('status');
    await pass(0);
    Pushing.last.say('error');
    await pass(0);
    api().on('status', paidAnswer());
    await pass(2_000);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('a stream that says nothing is given up after thirty seconds like any other', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    Pushing.last.say('status');
    await pass(32_000);
    expect(textOf(page)).toContain('This takes longer than usual');
  });

  test('a plan that comes after the page gave up is shown all the same', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    Pushing.last.say('status');
    await pass(32_000);
    Pushing.last.say('status');
    await pass(0);
    expect(textOf(page)).toContain('This takes longer than usual');
    api().on('status', paidAnswer());
    Pushing.last.say('status');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
    expect(Pushing.last.readyState).toBe(Pushing.CLOSED);
  });

  test('a payment that comes after the page gave up is shown all the same', async () => {
    api().on('success', { status: 'pending' });
    const page = await showSuccess();
    Pushing.last.say('status');
    await pass(32_000);
    expect(textOf(page)).toContain('No payment yet');
    api().on('success', { status: 'active' }).on('status', paidAnswer());
    Pushing.last.say('status');
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
  });
});

describe('after thirty seconds', () => {
  test('a paid checkout is said to be safe, and can be looked up again', async () => {
    api().on('success', { status: 'provisioning' }).on('status', freeAnswer());
    const page = await showSuccess();
    await pass(29_000);
    expect(textOf(page)).toContain('Provisioning');
    await pass(3_000);
    expect(textOf(page)).toContain('This takes longer than usual Your payment is safe');
    const asked = api().to('status').length;
    await pass(20_000);
    expect(api().to('status')).toHaveLength(asked);
    api().on('status', paidAnswer());
    find(page, 'button').click();
    await pass(0);
    expect(textOf(page)).toContain("You're on Team");
  });

  test('an unpaid one is not called paid', async () => {
    api().on('success', { status: 'pending' });
    const page = await showSuccess();
    await pass(32_000);
    expect(textOf(page)).toContain('No payment yet');
    expect(textOf(page)).not.toContain('Payment received');
  });

  test('a server that never answered leaves what to do', async () => {
    const page = await showSuccess();
    await pass(1_000);
    expect(textOf(page)).toContain('Trying again...');
    await pass(31_000);
    expect(textOf(page)).toContain("We couldn't look up your payment");
    expect(textOf(find(page, 'button'))).toBe('Look again');
  });
});

describe('what cannot go well', () => {
  test('a session of somebody else is unknown, and not asked for again', async () => {
    api().on('success', () => json(404, { code: 'not_found' }));
    const page = await showSuccess();
    expect(textOf(page)).toContain("We don't know this checkout");
    await pass(10_000);
    expect(api().to('success')).toHaveLength(1);
  });

  test('an address without a session is unknown without asking', async () => {
    const page = await showSuccess('');
    expect(textOf(page)).toContain("We don't know this checkout");
    expect(api().calls).toHaveLength(0);
  });

  test('a refusal is shown in its own words', async () => {
    api().on('success', () => json(503, { detail: 'busy' }));
    const page = await showSuccess();
    api().on('success', () => json(403, { detail: 'Only owners may look.' }));
    await pass(2_000);
    expect(textOf(page)).toContain('Only owners may look.');
  });

  test.each([{ status: 'done' }, {}, [], null])('the malformed %j is tried again and then said', async (answer) => {
    api().on('success', answer);
    const page = await showSuccess();
    expect(textOf(page)).not.toContain("You're on");
    await pass(32_000);
    expect(textOf(page)).toContain('made no sense');
  });

  test('an answer to an older question changes nothing', async () => {
    let answerLate = (_: Response): void => {};
    api().on('success', () => new Promise<Response>((resolve) => (answerLate = resolve)));
    const page = await showSuccess();
    turnTo('hidden');
    api().on('success', { status: 'pending' });
    turnTo('visible');
    await pass(0);
    answerLate(json(200, { status: 'active' }));
    await pass(0);
    expect(textOf(page)).toContain('Waiting for your payment');
  });

  test('markup in a plan name stays text', async () => {
    api().on('success', { status: 'provisioning' }).on('status', { ...paidAnswer(), tier_name: '<b>x</b>' });
    const page = await showSuccess();
    expect(textOf(page)).toContain("You're on <b>x</b>");
  });
});
