using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary><c>/v1/billing_portal/configurations</c>: what the portal offers.</summary>
internal static class PortalConfigurationRoutes
{
    private const string Kind = "billing_portal.configuration";

    private static readonly Param Features = Param.Group(
        "features",
        Param.Group("customer_update", Param.Flag("enabled"), Param.Texts("allowed_updates")),
        Param.Group("invoice_history", Param.Flag("enabled")),
        Param.Group("payment_method_update", Param.Flag("enabled")),
        Param.Group(
            "subscription_cancel",
            Param.Flag("enabled"),
            Param.OneOf("mode", "at_period_end", "immediately"),
            Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
            Param.Group("cancellation_reason", Param.Flag("enabled"), Param.Texts("options"))
        ),
        Param.Group(
            "subscription_update",
            Param.Flag("enabled"),
            Param.OneOf("billing_cycle_anchor", "now", "unchanged"),
            Param.Texts("default_allowed_updates"),
            Param.OneOf("proration_behavior", "always_invoice", "create_prorations", "none"),
            Param.OneOf("trial_update_behavior", "continue_trial", "end_trial"),
            Param.Group("schedule_at_period_end", Param.Each("conditions", Param.Text("type").Required())),
            Param.Each(
                "products",
                Param.Text("product").Required(),
                Param.Texts("prices").Required(),
                Param.Group(
                    "adjustable_quantity",
                    Param.Flag("enabled").Required(),
                    Param.Int("minimum", 0),
                    Param.Int("maximum", 0)
                )
            )
        )
    );

    private static readonly Param[] Common =
    [
        Param.Group(
            "business_profile",
            Param.Text("headline"),
            Param.Text("privacy_policy_url"),
            Param.Text("terms_of_service_url")
        ),
        Param.Text("default_return_url"),
        Param.Group("login_page", Param.Flag("enabled").Required()),
        Param.Map("metadata"),
        Param.Text("name"),
    ];

    public static readonly Route[] All =
    [
        Route.Post("/v1/billing_portal/configurations", Create, [Features.Required(), .. Common]),
        Route.List("/v1/billing_portal/configurations", List, Param.Flag("active"), Param.Flag("is_default")),
        Route.Get("/v1/billing_portal/configurations/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/billing_portal/configurations/{id}", Update, [Param.Flag("active"), Features, .. Common]),
    ];

    private static Answer Create(Call call)
    {
        var configuration = new JsonObject
        {
            ["id"] = Transaction.NewId("bpc"),
            ["object"] = Kind,
            ["active"] = true,
            ["application"] = null,
            ["business_profile"] = new JsonObject
            {
                ["headline"] = null,
                ["privacy_policy_url"] = null,
                ["terms_of_service_url"] = null,
            },
            ["created"] = call.Tx.Now,
            ["default_return_url"] = null,
            ["features"] = PortalFeatures.Default(),
            // The first configuration is the account's default one.
            ["is_default"] = !call.Tx.NewestFirst(Kind).Any(),
            ["livemode"] = false,
            ["login_page"] = new JsonObject { ["enabled"] = false, ["url"] = null },
            ["metadata"] = new JsonObject(),
            ["name"] = null,
            ["updated"] = call.Tx.Now,
        };
        Apply(call, configuration);
        return Answer.Ok(call.Tx.Add(configuration, "billing_portal.configuration.created"));
    }

    private static Answer Update(Call call)
    {
        var before = call.Tx.Get(Kind, call.Id);
        if (before.Flag("is_default") && call.Input.FlagOrNull("active") == false)
        {
            throw StripeException.Invalid("You cannot deactivate the default configuration.", "active");
        }

        var after = call.Tx.Change(
            before,
            change =>
            {
                Apply(call, change);
                change["active"] = call.Input.FlagOrNull("active") ?? change.Flag("active");
                change["updated"] = call.Tx.Now;
            },
            "billing_portal.configuration.updated"
        );
        return Answer.Ok(after);
    }

    private static Answer List(Call call)
    {
        var active = call.Input.FlagOrNull("active");
        var isDefault = call.Input.FlagOrNull("is_default");
        return ListPage.Of(
            call,
            Kind,
            configuration =>
                (active is null || configuration.Flag("active") == active)
                && (isDefault is null || configuration.Flag("is_default") == isDefault)
        );
    }

    private static void Apply(Call call, JsonObject configuration)
    {
        Metadata.CopyGiven(configuration, call.Input, "default_return_url", "name");
        Metadata.Apply(configuration, call.Input);
        if (call.Input.ChildOrNull("business_profile") is { } profile)
        {
            Metadata.CopyGiven(
                configuration.Child("business_profile"),
                profile,
                "headline",
                "privacy_policy_url",
                "terms_of_service_url"
            );
        }

        if (call.Input.ChildOrNull("login_page")?.Flag("enabled") == true)
        {
            throw StripeException.Invalid("The Sandbox does not have the portal's login page.", "login_page[enabled]");
        }

        if (call.Input.ChildOrNull("features") is { } features)
        {
            PortalFeatures.Apply(call.Tx, configuration.Child("features"), features);
        }
    }
}
