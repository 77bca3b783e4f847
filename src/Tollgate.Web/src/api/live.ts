import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pageWide } from '../look/page-wide';
import { statusFeed } from './feed';

/** How often the status is asked where nothing is pushed and nothing is waited for. */
const unpushedMs = 15_000;

/**
 * The changes of the caller's billing as the server pushes them: one stream for all components of a page, open while
 * one of them listens and the page is seen.
 */
export class Live {
  /** Whether changes are pushed now. While not, who waits for one polls. */
  pushes = false;
  private source: EventSource | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly url: string) {}

  /** Calls `listener` when something may have changed, and when pushing begins or ends. Answers how to stop. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    document.addEventListener('visibilitychange', this.follow);
    this.follow();
    return () => {
      this.listeners.delete(listener);
      this.follow();
    };
  }

  private readonly follow = (): void => {
    const isNeeded = this.listeners.size > 0 && !document.hidden && typeof EventSource === 'function';
    if (!isNeeded) {
      this.source?.close();
      this.source = null;
      this.pushes = false;
    } else if (this.source === null || this.source.readyState === EventSource.CLOSED) {
      this.source = this.open();
    }
    if (this.listeners.size === 0) {
      document.removeEventListener('visibilitychange', this.follow);
    }
  };

  private open(): EventSource {
    const source = new EventSource(this.url);
    source.addEventListener('status', () => this.notify(true));
    // after an error the browser comes back by itself, unless it was refused
    const mute = (): void => {
      if (this.pushes) {
        this.notify(false);
      }
    };
    source.addEventListener('paused', mute);
    source.addEventListener('error', mute);
    return source;
  }

  private notify(pushes: boolean): void {
    this.pushes = pushes;
    this.listeners.forEach((listener) => listener());
  }
}

const lives = pageWide('lives', () => new Map<string, Live>());

export function liveOf(api: string): Live {
  const known = lives.get(api) ?? new Live(`${api}/stream`);
  lives.set(api, known);
  return known;
}

/** Keeps the status of one API up to date, once for all who want it: one stream, one clock, one question at a time. */
class StatusUpkeep {
  private users = 0;
  private stop: (() => void) | null = null;

  constructor(private readonly api: string) {}

  join(): () => void {
    if (this.users++ === 0) {
      this.stop = this.begin();
    }
    let isIn = true;
    return () => {
      if (isIn && --this.users === 0) {
        this.stop?.();
      }
      isIn = false;
    };
  }

  private begin(): () => void {
    const live = liveOf(this.api);
    const refresh = (): void => void statusFeed(this.api).refresh();
    const stop = live.listen(refresh);
    const timer = setInterval(() => {
      if (!live.pushes && !document.hidden) {
        refresh();
      }
    }, unpushedMs);
    return () => {
      clearInterval(timer);
      stop();
    };
  }
}

const upkeeps = pageWide('upkeeps', () => new Map<string, StatusUpkeep>());

/** Keeps the status up to date until the answer is called. */
export function keepStatus(api: string): () => void {
  const known = upkeeps.get(api) ?? new StatusUpkeep(api);
  upkeeps.set(api, known);
  return known.join();
}

/** Keeps the status that a component shows up to date while it is on the page. */
export class LiveController implements ReactiveController {
  private stop: (() => void) | null = null;
  private kept = '';

  constructor(
    host: ReactiveControllerHost,
    private readonly api: () => string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.kept = this.api();
    this.stop = keepStatus(this.kept);
  }

  hostUpdate(): void {
    if (this.stop !== null && this.kept !== this.api()) {
      this.stop();
      this.hostConnected();
    }
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = null;
  }
}
