using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Storage;
using Tollgate.Stripe;

namespace Tollgate.Alerts;

/// <summary>
/// What Stripe refuses customers for good (an archived price, a key that may not) needs an operator: one alert for each
/// thing that cannot be done and its reason, whoever was refused, until the same thing was done for somebody.
/// </summary>
internal sealed partial class LastingRefusals(NpgsqlDataSource database, ILogger<LastingRefusals> log)
{
    internal const string Alert = "stripe_refused";

    /// <param name="doing">What was to be done, in words that stay: <c>checkout of team_monthly</c>.</param>
    /// <param name="outcome">How it ended.</param>
    /// <returns>The outcome as it is.</returns>
    internal async Task<Outcome<T>> WatchAsync<T>(string doing, Outcome<T> outcome)
    {
        if (outcome.Refusal is null)
        {
            await EndAsync(doing);
        }
        else if (outcome.Refusal is StripeSaidNo { Reason: { IsLasting: true } reason })
        {
            await RaiseAsync(doing, reason);
        }

        return outcome;
    }

    /// <inheritdoc cref="WatchAsync{T}(string, Outcome{T})"/>
    internal async Task<Outcome<T>> WatchAsync<T>(string doing, Task<Outcome<T>> outcome) =>
        await WatchAsync(doing, await outcome);

    // not the caller's token: the fault remains when the caller has gone
    private async Task RaiseAsync(string doing, StripeRefusal refusal)
    {
        var none = CancellationToken.None;
        var detail = $"{doing}: {StripeOutcome.Of(refusal)}{ParamOf(refusal)}";
        await using var connection = await database.OpenConnectionAsync(none);
        if (await AlertLog.RaiseAsync(connection, null, account: null, Alert, detail, none) is not null)
        {
            LogRefused(doing, refusal.Message, refusal.RequestId);
        }
    }

    // it was done for somebody: what kept others from it is over
    private async Task EndAsync(string doing) =>
        await database
            .CreateCommand(
                $"""
                {AlertLog.ResolveOpen} account_id IS NULL AND reason = @reason AND starts_with(detail, @by || ':')
                """
            )
            .With("by", doing)
            .With("reason", Alert)
            .RunAsync(CancellationToken.None);

    private static string ParamOf(StripeRefusal refusal) =>
        refusal switch
        {
            StripeRefusal.ResourceMissing { Param: { } param } => $" {param}",
            StripeRefusal.InvalidRequest { Param: { } param } => $" {param}",
            _ => "",
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe refuses the {Doing} for good: {Message} ({RequestId})")]
    private partial void LogRefused(string doing, string message, string? requestId);
}
