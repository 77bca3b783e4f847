import type { Interval } from '../api/plans';

/** What the reader has picked: kept while the tab lives, so that the way back from Checkout ends where it began. */
export interface Choice {
  readonly plan: string;
  readonly interval: Interval;
  readonly seats: number;
}

const key = 'tollgate.choice';

export function rememberChoice(choice: Choice): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // storage is off or full: the choice is merely not remembered
  }
}

export function recallChoice(): Choice | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Choice> | null;
    const { plan, interval, seats } = kept ?? {};
    const known = interval === 'month' || interval === 'year';
    return typeof plan === 'string' && known && Number.isSafeInteger(seats)
      ? { plan, interval, seats: seats as number }
      : null;
  } catch {
    // storage is off, or holds something that is not ours
    return null;
  }
}
