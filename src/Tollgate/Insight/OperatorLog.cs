using Npgsql;
using Tollgate.Storage;

namespace Tollgate.Insight;

/// <summary>
/// Who did what, and why. It is written before anything is done, so that nothing an operator does goes unwritten; how
/// it ended is written after.
/// </summary>
internal sealed class OperatorLog(NpgsqlDataSource database, BillingClock clock)
{
    private const string Done = "done";
    private const string Failed = "failed";

    /// <summary>Writes it down, does it, and writes down how it ended.</summary>
    /// <param name="act">Answers null when it was done, or why not.</param>
    public async Task<Refusal?> DoAsync(
        OperatorAction action,
        Func<Task<Refusal?>> act,
        CancellationToken cancellationToken
    )
    {
        var id = await WriteAsync(action, cancellationToken);
        var outcome = Failed;
        try
        {
            var refusal = await act();
            outcome = refusal?.Code ?? Done;
            return refusal;
        }
        finally
        {
            await database
                .CreateCommand("UPDATE billing.operator_actions SET outcome = @outcome WHERE action_id = @id")
                .With("outcome", outcome)
                .With("id", id)
                .RunAsync(CancellationToken.None);
        }
    }

    /// <summary>The newest first.</summary>
    /// <param name="before">The cursor of the former page; null for the first.</param>
    public async Task<IReadOnlyList<OperatorEntry>> ListAsync(
        long? before,
        int most,
        CancellationToken cancellationToken
    ) =>
        await database
            .CreateCommand(
                """
                SELECT action_id, at, author, action, account_id, subject, why, outcome
                FROM billing.operator_actions WHERE action_id < @before ORDER BY action_id DESC LIMIT @most
                """
            )
            .With("before", before ?? long.MaxValue)
            .With("most", most)
            .ReadAsync(
                row => new OperatorEntry(
                    row.GetInt64(0),
                    row.Time(1),
                    new OperatorAction(
                        row.GetString(2),
                        row.GetString(3),
                        row.Nullable<string>(4),
                        row.GetString(5),
                        row.GetString(6)
                    ),
                    row.Nullable<string>(7)
                ),
                cancellationToken
            );

    private async Task<long> WriteAsync(OperatorAction action, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(action.Author) || string.IsNullOrWhiteSpace(action.Why))
        {
            throw new ArgumentException("Who does something says so, and why.", nameof(action));
        }

        var written = await database
            .CreateCommand(
                """
                INSERT INTO billing.operator_actions (at, author, action, account_id, subject, why)
                VALUES (@at, @author, @action, @account, @subject, @why) RETURNING action_id
                """
            )
            .With("at", clock.Now)
            .With("author", action.Author)
            .With("action", action.Action)
            .With("account", action.Account)
            .With("subject", action.Subject)
            .With("why", action.Why)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return written[0];
    }
}

/// <param name="Author">Who: the name they sign in with.</param>
/// <param name="Action"><c>replay</c>, <c>catch_up</c>, <c>refresh</c>, <c>override</c>, <c>override_ended</c> or
/// <c>switch</c>.</param>
/// <param name="Account">Whose; null for what is nobody's.</param>
/// <param name="Subject">To what: an event's id, or which events, a tier, <c>on</c> or <c>off</c>.</param>
internal sealed record OperatorAction(string Author, string Action, string? Account, string Subject, string Why);

/// <param name="At">Billing time.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c> or a refusal's code; null while it is under way.</param>
internal sealed record OperatorEntry(long Id, DateTimeOffset At, OperatorAction Action, string? Outcome);
