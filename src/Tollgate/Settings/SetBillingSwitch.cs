using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Settings;

/// <summary>
/// Switches billing off or on while it runs. All nodes see it within a second; what waits drains in order once it is on
/// again. The environment's <c>BILLING_ENABLED=false</c> still wins.
/// </summary>
internal sealed class SetBillingSwitch(NpgsqlDataSource database, BillingSwitch billing)
{
    internal const string Channel = "tollgate_switch";

    /// <param name="why">Kept for the audit, as is the author.</param>
    public async Task RunAsync(bool isOn, string why, string author, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        await billing.ApplyAsync(
            async () =>
            {
                await AppendAsync(isOn, why, author, cancellationToken);
                return isOn;
            },
            cancellationToken
        );
    }

    private async Task AppendAsync(bool isOn, string why, string author, CancellationToken cancellationToken) =>
        await database
            .CreateCommand(
                """
                WITH appended AS (
                    INSERT INTO billing.switches (is_on, why, author, set_at)
                    VALUES (@on, @why, @author, clock_timestamp())
                )
                SELECT pg_notify(@channel, '')
                """
            )
            .With("on", isOn)
            .With("why", why)
            .With("author", author)
            .With("channel", Channel)
            .RunAsync(cancellationToken);
}
