using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Entitlements;

/// <summary><c>/v1/products/{id}/features</c>: which features a product grants.</summary>
internal static class ProductFeatureRoutes
{
    public const string Kind = "product_feature";

    public static readonly Route[] All =
    [
        Route.Post("/v1/products/{id}/features", Create, Param.Text("entitlement_feature").Required()),
        Route.List(
            "/v1/products/{id}/features",
            call =>
            {
                var product = call.Tx.Get("product", call.Id);
                return ListPage.Of(call, Kind, by: new IndexKey("_product", product.Id()));
            }
        ),
        Route.Get("/v1/products/{id}/features/{id}", call => Answer.Ok(Get(call))),
        Route.Delete("/v1/products/{id}/features/{id}", Delete),
    ];

    private static Answer Create(Call call)
    {
        var product = call.Tx.Get("product", call.Id);
        var feature = call.Tx.Get(FeatureRoutes.Kind, call.Input.Text("entitlement_feature"), "entitlement_feature");
        var isHeld = call
            .Tx.NewestFirst(Kind)
            .Any(held =>
                held.Text("_product") == product.Id() && held.Child("entitlement_feature").Id() == feature.Id()
            );
        if (isHeld)
        {
            throw StripeException.Invalid(
                "This feature is already attached to the product.",
                "entitlement_feature",
                "resource_already_exists"
            );
        }

        var added = call.Tx.Add(
            new JsonObject
            {
                ["id"] = Transaction.NewId("prodft"),
                ["object"] = Kind,
                ["entitlement_feature"] = feature.Copy(),
                ["livemode"] = false,
                ["_product"] = product.Id(),
            }
        );
        RefreshEntitlements.ForProduct(call.Tx, product.Id());
        return Answer.Ok(added);
    }

    private static JsonObject Get(Call call)
    {
        var held = call.Tx.Get(Kind, call.Ids[1]);
        return held.Text("_product") == call.Id
            ? held
            : throw StripeException.NoSuch(Kind, call.Ids[1], parameter: null);
    }

    private static Answer Delete(Call call)
    {
        var held = Get(call);
        call.Tx.Remove(held);
        RefreshEntitlements.ForProduct(call.Tx, call.Id);
        return Answer.Ok(Deleted.Of(held));
    }
}
