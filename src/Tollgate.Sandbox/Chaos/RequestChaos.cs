using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Chaos;

/// <summary>The faults of requests: by which rules, with which former versions, and when all waiting ends.</summary>
internal sealed record RequestChaos(
    ChaosRules Rules,
    FormerVersions Former,
    TimeProvider Machine,
    CancellationToken Stopping
)
{
    public IRequestFault On(ApiRequest request) => new StrikeRequest(this, ChaosSubject.OfRequest(request));
}
