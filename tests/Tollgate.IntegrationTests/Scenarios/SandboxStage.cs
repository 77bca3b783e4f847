using System.Net;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>Hydra with the Sandbox in its process: cards go into the pages' own forms.</summary>
internal sealed class SandboxStage : IStage
{
    private SandboxStage(HydraHost hydra) => Hydra = hydra;

    public HydraHost Hydra { get; }

    public SandboxApi Stripe => Hydra.Stripe;

    public DateTimeOffset Now => Hydra.Sandbox.Clock.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IStage> OpenAsync() => new SandboxStage(await HydraHost.StartAsync());

    public Task AdvanceAsync(DateTimeOffset to) => Hydra.Sandbox.AdvanceAsync(to - Now, Token);

    public Task<HttpStatusCode> PayAsync(string session, string card, bool isAuthenticated) =>
        SendCardAsync(Stripe, $"/c/pay/{session}", card, isAuthenticated);

    public Task ChargeToAsync(string customer, string subscription, string card) =>
        Stripe.ChargeToAsync(customer, subscription, card);

    public Task DeliveredAsync() => Hydra.Sandbox.WaitForDeliveriesAsync(Token);

    public ValueTask DisposeAsync() => Hydra.DisposeAsync();

    /// <summary>The card form of one of Stripe's pages.</summary>
    public static async Task<HttpStatusCode> SendCardAsync(
        SandboxApi stripe,
        string page,
        string card,
        bool isAuthenticated
    ) =>
        (
            await stripe.PostRawAsync(
                page,
                ("number", card),
                ("expiry", "12 / 34"),
                ("cvc", "123"),
                ("name", "Ada"),
                ("authenticated", isAuthenticated ? "true" : "false")
            )
        ).StatusCode;
}
