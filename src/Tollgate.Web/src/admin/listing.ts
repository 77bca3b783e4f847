import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Answer, Problem } from '../api/answer';

/** A page of a list, what came with it, and the query that asks for the next page. */
export interface Page<T, R> {
  readonly items: readonly T[];
  readonly rest: R;
  readonly next: string | null;
}

/** A list that is read a page at a time. The latest question wins, whatever order answers arrive in. */
export class Listing<T, R = null> implements ReactiveController {
  items: readonly T[] = [];
  rest: R | null = null;
  next: string | null = null;
  problem: Problem | null = null;
  busy = true;
  private question = 0;

  /**
   * @param ask one page: the first for null, else the one that `next` names
   * @param asksAtOnce false where the host says when it knows what to ask for
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly ask: (next: string | null) => Promise<Answer<Page<T, R>>>,
    private readonly asksAtOnce = true,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    if (this.asksAtOnce) {
      void this.reload();
    }
  }

  hostDisconnected(): void {
    this.question++;
  }

  get isLoaded(): boolean {
    return this.rest !== null || this.items.length > 0;
  }

  reload(): Promise<void> {
    return this.read(null);
  }

  more(): Promise<void> {
    return this.read(this.next);
  }

  private async read(next: string | null): Promise<void> {
    const mine = ++this.question;
    this.busy = true;
    this.host.requestUpdate();
    const answer = await this.ask(next);
    if (mine !== this.question) {
      return;
    }
    this.busy = false;
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) {
      this.items = next === null ? answer.value.items : [...this.items, ...answer.value.items];
      this.rest = answer.value.rest;
      this.next = answer.value.next;
    }
    this.host.requestUpdate();
  }
}
