import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '../api/answer';
import { applyChange, type Change, previewChange, type Quote } from '../api/changes';

/** A change of the subscription on its way: asked for its price, shown, confirmed exactly as shown, done. */
export class ChangeController implements ReactiveController {
  phase: 'idle' | 'asking' | 'quoted' | 'applying' | 'waiting' | 'done' = 'idle';
  quote: Quote | null = null;
  problem: Problem | null = null;
  requested: Change | null = null;
  /** Stripe's page where the payment is to be confirmed, while the change waits for it. */
  confirmAt: string | null = null;
  /** When what was arranged comes; null for at once. */
  arrangedFor: Date | null = null;
  /** An answer to an earlier question than the last is ignored. */
  private turn = 0;

  /** @param done what follows a change that was made */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly api: () => string,
    private readonly done: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.forget();
  }

  hostDisconnected(): void {
    this.turn++;
  }

  get busy(): boolean {
    return this.phase === 'asking' || this.phase === 'applying';
  }

  /** Back to the beginning. What was confirmed already stays confirmed. */
  forget(): void {
    this.turn++;
    this.requested = null;
    this.become('idle', null, null);
  }

  async preview(requested: Change): Promise<void> {
    const turn = ++this.turn;
    this.requested = requested;
    this.become('asking', null, null);
    const answer = await previewChange(this.api(), requested);
    if (turn === this.turn) {
      answer.ok ? this.become('quoted', answer.value, null) : this.become('idle', null, answer.problem);
    }
  }

  async confirm(): Promise<void> {
    const { quote, requested } = this;
    if (this.phase !== 'quoted' || quote === null || requested === null) {
      return;
    }
    const turn = ++this.turn;
    this.become('applying', quote, null);
    const answer = await applyChange(this.api(), requested, quote);
    if (turn !== this.turn) {
      return;
    }
    if (answer.ok) {
      this.arrangedFor = quote.at;
      this.confirmAt = answer.value.confirmAt;
      this.become(this.confirmAt === null ? 'done' : 'waiting', null, null);
      this.done();
    } else if (isOver(answer.problem)) {
      this.become('idle', null, answer.problem);
    } else {
      // the quote still holds: after another card, or when no answer came, the same confirmation may be repeated
      this.become('quoted', quote, answer.problem);
    }
  }

  private become(phase: ChangeController['phase'], quote: Quote | null, problem: Problem | null): void {
    this.phase = phase;
    this.quote = quote;
    this.problem = problem;
    this.host.requestUpdate();
  }
}

/** Whether it takes a new preview to go on. */
export function isOver({ code }: Problem): boolean {
  return code === 'quote_expired' || code === 'quote_stale';
}
