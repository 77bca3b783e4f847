export * from './components';
export { useBillingStatus, useFeature, useMeter, type BillingResult } from './status';
export { refreshBilling } from '@tollgate/web/status';
export type { Limit, Problem, Status } from '@tollgate/web/status';
// with it come the types of the elements that the wrappers name
export type { Messages } from '@tollgate/web';
