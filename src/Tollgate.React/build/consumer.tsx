// What who installs the package writes: the types must let it through. Checked by check-package.js, never built.
import { PlanTable, Portal, refreshBilling, UpgradePrompt, useBillingStatus, useFeature, useMeter } from '@tollgate/react';

export function Billing({ problem }: { problem: unknown }) {
  const status = useBillingStatus();
  const rules = useFeature('rules');
  const fixes = useMeter('fix', '/api/billing');
  if (status.isLoading) {
    return <p>Loading</p>;
  }
  if (status.error) {
    return <p role="alert">{status.error.detail}</p>;
  }
  const left: number | null = fixes.data && fixes.data.limit !== null ? fixes.data.limit - fixes.data.used : null;
  return (
    <section lang="en">
      <button disabled={rules.data !== true || fixes.data?.isReached} onClick={() => void refreshBilling()}>
        {status.data.tierName}: {left}
      </button>
      <PlanTable
        interval="year"
        seats={3}
        className="plans"
        onCheckout={(event) => {
          const url: string = event.detail.url;
          event.preventDefault();
          location.assign(url);
        }}
        onSeatsChange={({ detail }) => console.log(detail.seats === null)}
      />
      <UpgradePrompt meter="fix" problem={problem} data-density="compact" />
      <Portal primary label="Manage" navigate={(url) => window.open(url)} onPortalRefused={(event) => event.detail.code} />
      {/* @ts-expect-error: an interval is month or year */}
      <PlanTable interval="week" />
    </section>
  );
}
