using System.Net;

namespace Tollgate.IntegrationTests.Scenarios;

/// <summary>Where a scenario is played: Hydra, its Stripe, and what a person and time do there.</summary>
internal interface IStage : IAsyncDisposable
{
    HydraHost Hydra { get; }

    SandboxApi Stripe { get; }

    /// <summary>The time of Stripe's clock, which Hydra's billing time follows.</summary>
    DateTimeOffset Now { get; }

    Task AdvanceAsync(DateTimeOffset to);

    /// <summary>Buys what the Checkout Session offers; 402 when the card is declined.</summary>
    Task<HttpStatusCode> PayAsync(string session, string card, bool isAuthenticated);

    /// <summary>From now on the subscription is charged to this card.</summary>
    Task ChargeToAsync(string customer, string subscription, string card);

    /// <summary>Until Hydra has every event that has happened.</summary>
    Task DeliveredAsync();
}

internal delegate Task<IStage> OpenStage();
