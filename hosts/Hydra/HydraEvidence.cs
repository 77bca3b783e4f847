using Tollgate.Commands.Checks;

namespace Hydra;

/// <summary>What only Hydra's tests can show; <c>doctor</c> lists it, and the suite must be green.</summary>
internal static class HydraEvidence
{
    private static readonly TestEvidence[] All =
    [
        new(
            "signature on every request",
            "WebhookTests.A_bad_signature_is_400_and_leaves_no_row",
            "WebhookSignatureTests.Malformed_headers_are_refused",
            "WebhookSignatureTests.Another_secret_or_another_body_is_refused"
        ),
        new(
            "each event twice",
            "CliEventsTests.All_eight_events_that_it_triggers_are_recorded_and_parked_and_twice_is_once",
            "CliEventsTests.Seats_and_plan_that_it_changes_are_applied_and_twice_is_once",
            "CliEventsTests.A_payment_that_fails_opens_the_grace_and_closes_after_it_and_twice_is_once",
            "CliEventsTests.A_subscription_that_it_cancels_keeps_access_until_paid_through_and_twice_is_once"
        ),
        new(
            "free is refused",
            "GateTests.Every_feature_is_open_to_its_plans_and_closed_to_the_others_in_every_form_of_gate"
        ),
        new(
            "past due inside and after the grace",
            "LifecycleTests.A_failed_renewal_starts_the_grace_and_seven_days_later_the_tenant_is_free"
        ),
        new(
            "canceled before and after the period's end",
            "GateTests.A_gate_follows_the_plan_as_it_comes_and_goes",
            "LifecycleTests.Cancel_at_period_end_is_shown_undone_and_when_it_comes_the_tenant_is_free"
        ),
        new(
            "roll-back",
            "MigrationTests.Every_migration_goes_up_and_down_again_with_rows_in_it",
            "TenantsViewTests.Down_and_up_again_with_rows_and_the_view_in_place",
            "OperationsDocumentTests.Roll_back"
        ),
    ];

    public static void AddHydraEvidence(this IServiceCollection services)
    {
        foreach (var evidence in All)
        {
            services.AddSingleton(evidence);
        }
    }
}
