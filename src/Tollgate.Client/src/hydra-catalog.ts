// Written by the command "catalog types". Change the catalog, and type it again.

/** The plans of Hydra. */
export const plans = {
  /** Free. */
  free: 'free',
  /** Team. */
  team: 'team',
  /** Business. */
  business: 'business',
  /** Enterprise. */
  enterprise: 'enterprise',
} as const;

/** The id of a plan. */
export type PlanId = (typeof plans)[keyof typeof plans];

/** The prices of Hydra. */
export const prices = {
  /** Team by the month. */
  teamMonthly: 'team_monthly',
  /** Team by the year. */
  teamAnnual: 'team_annual',
  /** Business by the month. */
  businessMonthly: 'business_monthly',
  /** Business by the year. */
  businessAnnual: 'business_annual',
} as const;

/** Our name of a price. */
export type PriceAlias = (typeof prices)[keyof typeof prices];

/** The features of Hydra. */
export const features = {
  /** Custom agent rules. */
  customAgentRules: 'custom_agent_rules',
  /** Unlimited repos. */
  unlimitedRepos: 'unlimited_repos',
  /** Jira integration. */
  jiraIntegration: 'jira_integration',
  /** Audit logs. */
  auditLogs: 'audit_logs',
  /** Usage reporting. */
  usageReporting: 'usage_reporting',
  /** Priority fix queue. */
  priorityFixQueue: 'priority_fix_queue',
  /** Sso saml. */
  ssoSaml: 'sso_saml',
  /** Full rbac. */
  fullRbac: 'full_rbac',
  /** Vpc compliance. */
  vpcCompliance: 'vpc_compliance',
} as const;

/** The id of a feature. */
export type FeatureId = (typeof features)[keyof typeof features];

/** The meters of Hydra. */
export const meters = {
  /** Fixes. */
  fix: 'fix',
  /** Doc runs. */
  docRun: 'doc_run',
  /** Linear cycles. */
  linearCycle: 'linear_cycle',
} as const;

/** The id of a meter. */
export type MeterId = (typeof meters)[keyof typeof meters];
