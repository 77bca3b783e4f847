namespace Tollgate.Tests.Conventions;

/// <summary>
/// Types of the Sandbox that use a folder above their own. The list may only shrink; what is not needed any more fails
/// the test.
/// </summary>
internal static class SandboxExceptions
{
    public static string[] All { get; } =
    [
        // injected faults and test clocks are asked inside the wire; to become steps that the server adds
        "Http.ApiEndpoint -> Chaos",
        "Http.ApiEndpoint -> TestClocks",
        // lists that are expanded are read from the objects themselves; to be registered by them
        "Http.Expansion -> Catalog",
        "Http.Expansion -> Checkout",
        "Http.Expansion -> Customers",
        "Http.Expansion -> Invoices",
        // the table of all routes: composition, to move to the server
        "Http.RouteTable -> Account",
        "Http.RouteTable -> Catalog",
        "Http.RouteTable -> Checkout",
        "Http.RouteTable -> Customers",
        "Http.RouteTable -> Discounts",
        "Http.RouteTable -> Entitlements",
        "Http.RouteTable -> Invoices",
        "Http.RouteTable -> Listen",
        "Http.RouteTable -> Payments",
        "Http.RouteTable -> Portal",
        "Http.RouteTable -> Schedules",
        "Http.RouteTable -> Search",
        "Http.RouteTable -> Subscriptions",
        "Http.RouteTable -> Tax",
        "Http.RouteTable -> TestClocks",
        "Http.RouteTable -> Webhooks",
        "Payments.ConfirmPayment -> Chaos",
        // the one loop knows all that it runs; to take what it runs as functions
        "State.CommandLoop -> Chaos",
        "State.CommandLoop -> Listen",
        "State.CommandLoop -> TestClocks",
        "State.CommandLoop -> Webhooks",
        "State.IndexedMember -> Invoices",
        "State.MovedAddress -> Payments",
        "State.PreviousAttributes -> Http",
        // holds what belongs to previews, injected faults and listeners
        "State.SandboxState -> Chaos",
        "State.SandboxState -> Invoices",
        "State.SandboxState -> Listen",
        // emits events and knows what waits for them
        "State.Transaction -> Chaos",
        "State.Transaction -> Http",
        "State.Transaction -> Invoices",
        "State.Transaction -> Listen",
        "State.Transaction -> TestClocks",
        "State.Transaction -> Webhooks",
        // when an object is due; to be registered by the objects
        "Time.DueTime -> Invoices",
        "Time.DueTime -> Schedules",
        "Time.DueTime -> Subscriptions",
        "Time.DueTime -> TestClocks",
        // the list of all that can be due; to be registered by the objects
        "Time.DueWork -> Checkout",
        "Time.DueWork -> Invoices",
        "Time.DueWork -> Schedules",
        "Time.DueWork -> Subscriptions",
        "Time.DueWork -> TestClocks",
        "Webhooks.Delivery -> Chaos",
    ];
}
