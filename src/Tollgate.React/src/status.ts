import { currentStatus, isReached, watchStatus } from '@tollgate/web/status';
import type { Limit, Problem, Status } from '@tollgate/web/status';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** What a hook knows: nothing yet, the value, or why there is none. A value stays while a later question fails. */
export type BillingResult<T> =
  | { readonly isLoading: true; readonly data: undefined; readonly error: undefined }
  | { readonly isLoading: false; readonly data: T; readonly error: undefined }
  | { readonly isLoading: false; readonly data: undefined; readonly error: Problem };

const loading = { isLoading: true, data: undefined, error: undefined } as const;
const nothingYet = (): null => null;

/**
 * The caller's billing as `GET {api}/status` says it, kept up to date: one question and one stream for all hooks and
 * all components of the page. Rendered on a server it is loading.
 */
export function useBillingStatus(api?: string): BillingResult<Status> {
  return useRead(api, same);
}

/** Whether the caller has a feature now; everything while billing is switched off. */
export function useFeature(id: string, api?: string): BillingResult<boolean> {
  const read = useCallback((status: Status) => !status.billingEnabled || status.features.includes(id), [id]);
  return useRead(api, read);
}

/** How much of a meter is used, by its id ("fix"); null where the plan does not limit it. */
export function useMeter(id: string, api?: string): BillingResult<(Limit & { readonly isReached: boolean }) | null> {
  const read = useCallback(
    ({ limits }: Status) => {
      const limit = limits.find(({ meter }) => meter === id);
      return limit === undefined ? null : { ...limit, isReached: isReached(limit) };
    },
    [id],
  );
  return useRead(api, read);
}

function useRead<T>(api: string | undefined, read: (status: Status) => T): BillingResult<T> {
  const subscribe = useCallback((listener: () => void) => watchStatus(listener, api), [api]);
  const answer = useSyncExternalStore(subscribe, () => currentStatus(api), nothingYet);
  return useMemo(() => {
    if (answer === null) {
      return loading;
    }
    return answer.ok
      ? { isLoading: false, data: read(answer.value), error: undefined }
      : { isLoading: false, data: undefined, error: answer.problem };
  }, [answer, read]);
}

function same(status: Status): Status {
  return status;
}
