using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Entitlements;

/// <summary><c>/v1/entitlements/active_entitlements</c>: what a customer may use.</summary>
internal static class ActiveEntitlementRoutes
{
    public const string Kind = "entitlements.active_entitlement";

    public static readonly Route[] All =
    [
        Route.List(
            "/v1/entitlements/active_entitlements",
            call =>
            {
                var customer = call.Tx.Get("customer", call.Input.Text("customer"), "customer");
                return ListPage.Of(call, Kind, by: new IndexKey("_customer", customer.Id()));
            },
            Param.Text("customer").Required()
        ),
        Route.Get("/v1/entitlements/active_entitlements/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
    ];
}
