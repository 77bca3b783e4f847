using System.Security.Cryptography;
using System.Text;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>One thing that a published catalog needs at Stripe, and what became of it.</summary>
/// <param name="What">For people: <c>price team_monthly, 20.00 usd a month</c>.</param>
internal sealed record PublishStep(string What, PublishOutcome Outcome);

/// <summary>What a step found or did; the conditional ones are of a plan that was only shown.</summary>
internal enum PublishOutcome
{
    Found,
    Made,
    Changed,
    WouldMake,
    WouldChange,
}

/// <summary>Carries a publication out, or only says what it would do.</summary>
internal sealed class PublishSteps(bool isPlanOnly)
{
    private readonly List<PublishStep> steps = [];

    public IReadOnlyList<PublishStep> All => steps;

    public void Found(string what) => steps.Add(new PublishStep(what, PublishOutcome.Found));

    /// <summary>Null when it is only planned.</summary>
    public async Task<T?> MakeAsync<T>(string what, Func<Task<StripeAnswer<T>>> makeAsync)
        where T : class
    {
        steps.Add(new PublishStep(what, isPlanOnly ? PublishOutcome.WouldMake : PublishOutcome.Made));
        return isPlanOnly ? null : (await makeAsync()).OrThrow();
    }

    public async Task ChangeAsync<T>(string what, Func<Task<StripeAnswer<T>>> changeAsync)
    {
        steps.Add(new PublishStep(what, isPlanOnly ? PublishOutcome.WouldChange : PublishOutcome.Changed));
        if (!isPlanOnly)
        {
            (await changeAsync()).OrThrow();
        }
    }

    /// <summary>The same key for the same wish, so that two set-ups at once make one thing.</summary>
    public static IdempotencyKey Key(params IEnumerable<string> wish) =>
        new("publish-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', wish)))));
}
