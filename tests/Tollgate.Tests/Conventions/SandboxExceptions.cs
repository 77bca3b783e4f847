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
        "Wire.ApiEndpoint -> Chaos",
        "Wire.ApiEndpoint -> TestClocks",
        // lists that are expanded are read from the objects themselves; to be registered by them
        "Wire.Expansion -> Catalog",
        "Wire.Expansion -> Checkout",
        "Wire.Expansion -> Customers",
        "Wire.Expansion -> Invoices",
        // the table of all routes: composition, to move to the server
        "Wire.RouteTable -> Account",
        "Wire.RouteTable -> Catalog",
        "Wire.RouteTable -> Checkout",
        "Wire.RouteTable -> Customers",
        "Wire.RouteTable -> Discounts",
        "Wire.RouteTable -> Entitlements",
        "Wire.RouteTable -> Invoices",
        "Wire.RouteTable -> Listen",
        "Wire.RouteTable -> Payments",
        "Wire.RouteTable -> Portal",
        "Wire.RouteTable -> Schedules",
        "Wire.RouteTable -> Search",
        "Wire.RouteTable -> Subscriptions",
        "Wire.RouteTable -> Tax",
        "Wire.RouteTable -> TestClocks",
        "Wire.RouteTable -> Events",
        "Payments.ConfirmPayment -> Chaos",
        // the one loop knows all that it runs; to take what it runs as functions
        "Engine.CommandLoop -> Chaos",
        "Engine.CommandLoop -> Listen",
        "Engine.CommandLoop -> TestClocks",
        "Engine.CommandLoop -> Events",
        "Engine.IndexedMember -> Invoices",
        "Engine.MovedAddress -> Payments",
        "Engine.PreviousAttributes -> Wire",
        // holds what belongs to previews, injected faults and listeners
        "Engine.SandboxState -> Chaos",
        "Engine.SandboxState -> Invoices",
        "Engine.SandboxState -> Listen",
        // emits events and knows what waits for them
        "Engine.Transaction -> Chaos",
        "Engine.Transaction -> Wire",
        "Engine.Transaction -> Invoices",
        "Engine.Transaction -> Listen",
        "Engine.Transaction -> TestClocks",
        "Engine.Transaction -> Events",
        // when an object is due; to be registered by the objects
        "Engine.DueTime -> Invoices",
        "Engine.DueTime -> Schedules",
        "Engine.DueTime -> Subscriptions",
        "Engine.DueTime -> TestClocks",
        // the list of all that can be due; to be registered by the objects
        "Engine.DueWork -> Checkout",
        "Engine.DueWork -> Invoices",
        "Engine.DueWork -> Schedules",
        "Engine.DueWork -> Subscriptions",
        "Engine.DueWork -> TestClocks",
        "Events.Delivery -> Chaos",
    ];
}
