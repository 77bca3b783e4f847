import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Answer } from './answer';
import { pageWide } from '../look/page-wide';
import { type Plans, readPlans } from './plans';
import { usualApi } from './host-path';
import { get } from './request';
import { readStatus, type Status } from './status';

/** One answer of the API shared by all components of a page: asked once, and shared by all when asked again. */
export class Feed<T> {
  /** The last good answer, or the failure when there was none yet; null before the first. */
  current: Answer<T> | null = null;
  private readonly listeners = new Set<() => void>();
  private loading: Promise<Answer<T>> | null = null;
  private asked = 0;

  constructor(private readonly ask: () => Promise<Answer<T>>) {}

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Asks unless something good is known or the question is already on its way. */
  load(): Promise<Answer<T>> {
    return this.current?.ok ? Promise.resolve(this.current) : (this.loading ?? this.refresh());
  }

  /** Asks again now. An older answer that arrives late is not shown over a newer one. */
  async refresh(): Promise<Answer<T>> {
    const turn = ++this.asked;
    const question = this.ask();
    this.loading = question;
    const answer = await question;
    if (turn === this.asked) {
      this.loading = null;
      this.current = answer.ok || !this.current?.ok ? answer : this.current;
      this.listeners.forEach((listener) => listener());
    }
    return answer;
  }

  /** Forgets a failure, so that the components show their loading state while it is asked again. */
  retry(): Promise<Answer<T>> {
    this.current = null;
    this.listeners.forEach((listener) => listener());
    return this.refresh();
  }
}

const statusFeeds = pageWide('status', () => new Map<string, Feed<Status>>());
const plansFeeds = pageWide('plans', () => new Map<string, Feed<Plans>>());

export function statusFeed(api: string): Feed<Status> {
  return feedOf(statusFeeds, api, () => get(`${api}/status`, readStatus));
}

export function plansFeed(api: string): Feed<Plans> {
  return feedOf(plansFeeds, api, () => get(`${api}/plans`, readPlans));
}

/** Asks the status anew for every component on the page. For a host to call after something was used. */
export async function refreshBilling(api = usualApi): Promise<void> {
  await statusFeed(api).refresh();
}

/** Forgets everything known, as a page load does. For tests. */
export function forgetFeeds(): void {
  statusFeeds.clear();
  plansFeeds.clear();
}

function feedOf<T>(feeds: Map<string, Feed<T>>, api: string, ask: () => Promise<Answer<T>>): Feed<T> {
  const known = feeds.get(api) ?? new Feed(ask);
  feeds.set(api, known);
  return known;
}

/** Keeps a component subscribed to the feed of its present `api`, and asks when it appears. */
export class FeedController<T> implements ReactiveController {
  private feed: Feed<T> | null = null;
  private stop: (() => void) | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly choose: () => Feed<T>,
  ) {
    host.addController(this);
  }

  get current(): Answer<T> | null {
    return this.feed?.current ?? null;
  }

  refresh(): Promise<Answer<T>> {
    return this.choose().refresh();
  }

  retry(): Promise<Answer<T>> {
    return this.choose().retry();
  }

  hostConnected(): void {
    // attributes are read by now on an upgraded element; `hostUpdate` follows later changes of `api`
    this.follow();
  }

  hostUpdate(): void {
    if (this.feed !== this.choose()) {
      this.follow();
    }
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = null;
    this.feed = null;
  }

  private follow(): void {
    this.stop?.();
    this.feed = this.choose();
    this.stop = this.feed.listen(() => this.host.requestUpdate());
    void this.feed.load();
  }
}
