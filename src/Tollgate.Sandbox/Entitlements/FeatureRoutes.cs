using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Entitlements;

/// <summary>
/// <c>/v1/entitlements/features</c>. A feature is archived by <c>active=false</c>; there is no deletion.
/// </summary>
internal static class FeatureRoutes
{
    public const string Kind = "entitlements.feature";

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/entitlements/features",
            Create,
            Param.Text("lookup_key").Required(),
            Param.Text("name").Required(),
            Param.Map("metadata")
        ),
        Route.List("/v1/entitlements/features", List, Param.Flag("archived"), Param.Text("lookup_key")),
        Route.Get("/v1/entitlements/features/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/entitlements/features/{id}",
            Update,
            Param.Flag("active"),
            Param.Text("name"),
            Param.Map("metadata")
        ),
    ];

    private static Answer Create(Call call)
    {
        var key = call.Input.Text("lookup_key");
        if (call.Tx.With(Kind, "lookup_key", key).Any())
        {
            throw StripeException.Invalid(
                $"A feature with the lookup key `{key}` already exists.",
                "lookup_key",
                "resource_already_exists"
            );
        }

        return Answer.Ok(
            call.Tx.Add(
                new JsonObject
                {
                    ["id"] = Transaction.NewId("feat"),
                    ["object"] = Kind,
                    ["active"] = true,
                    ["livemode"] = false,
                    ["lookup_key"] = key,
                    ["metadata"] = Metadata.From(call.Input),
                    ["name"] = call.Input.Text("name"),
                }
            )
        );
    }

    private static Answer Update(Call call)
    {
        var after = call.Tx.Change(
            call.Tx.Get(Kind, call.Id),
            change =>
            {
                change["active"] = call.Input.FlagOrNull("active") ?? change.Flag("active");
                change["name"] = call.Input.TextOrNull("name") ?? change.Text("name");
                Metadata.Apply(change, call.Input);
            }
        );
        var holders = call
            .Tx.NewestFirst(ProductFeatureRoutes.Kind)
            .Where(held => held.Child("entitlement_feature").Id() == call.Id)
            .ToList();
        foreach (var held in holders)
        {
            call.Tx.Change(held, change => change["entitlement_feature"] = after.Copy());
        }

        return Answer.Ok(after);
    }

    private static Answer List(Call call)
    {
        var archived = call.Input.FlagOrNull("archived");
        var key = call.Input.TextOrNull("lookup_key");
        return ListPage.Of(
            call,
            Kind,
            feature =>
                (archived is null || feature.Flag("active") != archived)
                && (key is null || feature.Text("lookup_key") == key)
        );
    }
}
