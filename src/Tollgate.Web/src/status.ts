import type { Answer } from './api/answer';
import { statusFeed } from './api/feed';
import { usualApi } from './api/host-path';
import { keepStatus } from './api/live';
import type { Status } from './api/status';

export { refreshBilling } from './api/feed';
export { isReached } from './api/status';
export type { Answer, Problem } from './api/answer';
export type { AddOn, FreeStatus, Limit, PaidStatus, Pending, Scheduled, Status } from './api/status';
export type { Noun, Nouns } from './api/nouns';

/** The last good answer, or the failure when there was none yet; null before the first. Asks nothing. */
export function currentStatus(api = usualApi): Answer<Status> | null {
  return statusFeed(api).current;
}

/**
 * Calls `listener` when the status has changed, and keeps it up to date meanwhile: asked once, and by one stream, for
 * all who watch and all components of the page. Answers how to stop.
 */
export function watchStatus(listener: () => void, api = usualApi): () => void {
  const feed = statusFeed(api);
  const stops = [feed.listen(() => listener()), keepStatus(api)];
  void feed.load();
  return () => stops.forEach((stop) => stop());
}
