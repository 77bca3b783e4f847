import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '../api/answer';
import { checkoutProgress } from '../api/checkout';
import { statusFeed } from '../api/feed';
import { liveOf } from '../api/live';
import type { PaidStatus } from '../api/status';

/**
 * Where a checkout stands: `asking`, `pending` (not paid yet) and `provisioning` (paid, no access yet) are asked about
 * again and again; `late` is asked about only when something is pushed or the page is seen again; `active` is the happy
 * end; `unknown` is not the caller's; `failed` was refused.
 */
export type Phase = 'asking' | 'pending' | 'provisioning' | 'active' | 'late' | 'unknown' | 'failed';

const everyMs = 2_000;

/**
 * Follows one checkout until access is there: by what the server pushes, or by asking every two seconds. Only while the
 * page is seen, and only that time counts.
 */
export class CheckoutWatch implements ReactiveController {
  phase: Phase = 'asking';
  /** Whether the payment itself is known to have arrived. */
  paid = false;
  /** The plan that is reached; null while it is not, or when only the checkout's own answer says so. */
  reached: PaidStatus | null = null;
  /** The last call's failure, while it is being tried again or after it was given up. */
  trouble: Problem | null = null;
  private api = '';
  private session = '';
  private waited = 0;
  private patienceMs = 0;
  private seenSince = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unlisten: (() => void) | null = null;
  /** Something was pushed since the last poll began. */
  private pushed = false;
  /** A poll of this turn is under way. */
  private polling = false;
  /** Numbers the watches, so that an answer to an earlier one is dropped. */
  private turn = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.visibilityChanged);
    if (this.session) {
      this.resume(); // moved within the page, not new
    }
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.visibilityChanged);
    this.pause();
  }

  start(api: string, session: string, patienceMs: number): void {
    this.patienceMs = patienceMs;
    this.api = api;
    this.session = session;
    this.waited = 0;
    this.trouble = null;
    this.phase = session ? this.unanswered() : 'unknown';
    this.host.requestUpdate();
    this.resume();
  }

  private get watching(): boolean {
    return this.phase === 'asking' || this.phase === 'pending' || this.phase === 'provisioning';
  }

  private unanswered(): Phase {
    return this.paid ? 'provisioning' : 'asking';
  }

  private readonly visibilityChanged = (): void => {
    if (document.hidden) {
      this.pause();
    } else {
      this.resume();
    }
  };

  private resume(): void {
    this.pause();
    if ((this.watching || this.phase === 'late') && !document.hidden) {
      this.seenSince = performance.now();
      this.unlisten = liveOf(this.api).listen(this.receive);
      void this.poll(this.turn);
    }
  }

  private pause(): void {
    this.turn++;
    this.polling = false;
    this.stopWaiting();
    this.unlisten?.();
    this.unlisten = null;
  }

  private readonly receive = (): void => {
    this.pushed = true;
    if (!this.polling) {
      this.stopWaiting();
      void this.poll(this.turn);
    }
  };

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async poll(turn: number): Promise<void> {
    this.polling = true;
    this.trouble = null;
    this.pushed = false;
    if (this.phase === 'late') {
      this.phase = this.unanswered();
    }
    if (this.phase !== 'provisioning') {
      await this.askCheckout(turn);
    }
    if (turn === this.turn && (this.phase === 'provisioning' || this.phase === 'active')) {
      await this.askStatus(turn);
    }
    if (turn !== this.turn) {
      return;
    }
    this.polling = false;
    const now = performance.now();
    this.waited += now - this.seenSince;
    this.seenSince = now;
    const isLate = this.watching && this.waited >= this.patienceMs;
    if (isLate && !this.pushed) {
      this.phase = 'late';
    } else if (this.watching) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        void this.poll(turn);
      }, this.pauseMs());
    }
    if (!this.watching && this.phase !== 'late') {
      this.pause();
    }
    this.host.requestUpdate();
  }

  /** That a payment arrived is not pushed; that access is there is. */
  private pauseMs(): number {
    const isPushed = this.phase === 'provisioning' && liveOf(this.api).pushes;
    return this.pushed ? 0 : isPushed ? this.patienceMs - this.waited : everyMs;
  }

  private async askCheckout(turn: number): Promise<void> {
    const answer = await checkoutProgress(this.api, this.session);
    if (turn !== this.turn) {
      return;
    }
    if (answer.ok) {
      this.phase = answer.value;
      this.paid ||= answer.value !== 'pending';
      return;
    }
    const { status } = answer.problem;
    this.trouble = answer.problem;
    if (status === 404) {
      this.phase = 'unknown';
    } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.phase = 'failed';
    }
  }

  private async askStatus(turn: number): Promise<void> {
    const answer = await statusFeed(this.api).refresh();
    if (turn !== this.turn) {
      return;
    }
    if (!answer.ok) {
      this.trouble = answer.problem;
    } else if (answer.value.kind === 'paid') {
      this.phase = 'active';
      this.reached = answer.value;
    }
  }
}
