import { vi } from 'vitest';
import { freeAnswer, plansAnswer } from '../../../Tollgate.Web/src/testing/answers.ts';

class Stream extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;

  close(): void {
    this.readyState = Stream.CLOSED;
  }
}

/** Stands for the network of one page: what is asked, what is answered, and the stream of changes. */
export class Host {
  readonly asked: string[] = [];
  readonly streams: Stream[] = [];
  used = 1;
  /** What the status says beside that. */
  answers: object = {};
  /** Answers wait for it. */
  open: Promise<unknown> = Promise.resolve();
  failure: { readonly status: number; readonly body: unknown } | null = null;

  constructor() {
    const { streams } = this;
    vi.stubGlobal('fetch', async (url: string) => {
      this.asked.push(url);
      await this.open;
      return this.answer(url);
    });
    vi.stubGlobal(
      'EventSource',
      class extends Stream {
        constructor(readonly url: string) {
          super();
          streams.push(this);
        }
      },
    );
  }

  private answer(url: string): Response {
    if (this.failure) {
      return Response.json(this.failure.body, { status: this.failure.status });
    }
    return Response.json(url.includes('/plans') ? plansAnswer() : { ...freeAnswer(this.used), ...this.answers });
  }
}
