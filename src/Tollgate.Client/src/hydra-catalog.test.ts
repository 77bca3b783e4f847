import { expect, it } from 'vitest';
import { features, meters, plans, prices } from './hydra-catalog';
import type { FeatureId, MeterId, PlanId, PriceAlias } from './hydra-catalog';

it('is what the host writes of its catalog: each id, and nothing else fits its type', () => {
  const feature: FeatureId = features.jiraIntegration;
  const meter: MeterId = 'doc_run';
  const plan: PlanId = plans.team;
  const price: PriceAlias = prices.teamMonthly;
  // @ts-expect-error no such feature
  const misspelled: FeatureId = 'jira_integratoin';
  // @ts-expect-error a plan is no meter
  const confused: MeterId = plans.free;

  expect([feature, meter, plan, price]).toEqual(['jira_integration', meters.docRun, 'team', 'team_monthly']);
  expect([misspelled, confused]).not.toContain(feature);
});
