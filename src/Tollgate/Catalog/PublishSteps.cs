using System.Security.Cryptography;
using System.Text;
using Tollgate.Stripe;

namespace Tollgate.Catalog;

/// <summary>One thing that a published catalog needs at Stripe, and what became of it.</summary>
/// <param name="What">For people: <c>price team_monthly, 20.00 usd a month</c>.</param>
internal sealed record PublishStep(string What, PublishOutcome Outcome)
{
    /// <summary>What is different; none of one that was found.</summary>
    public IReadOnlyList<PublishFact> Facts { get; init; } = [];
}

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
    /// <param name="facts">What it is to be, or to be otherwise than what it takes the place of.</param>
    public async Task<T?> MakeAsync<T>(
        string what,
        IEnumerable<PublishFact> facts,
        Func<Task<StripeAnswer<T>>> makeAsync
    )
        where T : class
    {
        Add(what, isPlanOnly ? PublishOutcome.WouldMake : PublishOutcome.Made, facts);
        return isPlanOnly ? null : (await makeAsync()).OrThrow();
    }

    /// <summary>Finds what is as it should be, and changes what is not.</summary>
    /// <param name="facts">All that is compared.</param>
    public async Task SettleAsync<T>(
        string what,
        IReadOnlyList<PublishFact> facts,
        Func<Task<StripeAnswer<T>>> changeAsync
    )
    {
        if (!facts.Any(fact => fact.IsDifferent()))
        {
            Found(what);
            return;
        }

        Add(what, isPlanOnly ? PublishOutcome.WouldChange : PublishOutcome.Changed, facts);
        if (!isPlanOnly)
        {
            (await changeAsync()).OrThrow();
        }
    }

    private void Add(string what, PublishOutcome outcome, IEnumerable<PublishFact> facts) =>
        steps.Add(new PublishStep(what, outcome) { Facts = [.. facts.Where(fact => fact.IsDifferent())] });

    /// <summary>The same key for the same wish, so that two set-ups at once make one thing.</summary>
    public static IdempotencyKey Key(params IEnumerable<string> wish) =>
        new("publish-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', wish)))));
}
