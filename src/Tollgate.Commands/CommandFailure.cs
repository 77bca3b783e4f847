using Npgsql;
using Tollgate.Hosting;
using Tollgate.Stripe;
using static Tollgate.Hosting.StartupFailure;

namespace Tollgate.Commands;

/// <summary>What ended a command, in one line that says what to do. Never holds a secret.</summary>
internal static class CommandFailure
{
    /// <summary>Of anything at all: what nobody expected is named by its type.</summary>
    public static string Line(Exception failure) =>
        StartupFailure.Line(failure)
        ?? failure switch
        {
            PostgresException { SqlState: var state } database when IsOfOtherTables(state) =>
                $"PostgreSQL: {Sentence(database.MessageText)} The tables are not those of this version: "
                    + "see `migrate status`, then `migrate up`.",
            PostgresException database => $"PostgreSQL: {Sentence(database.MessageText)} ({database.SqlState})",
            StripeRefusedException stripe => Sentence(stripe.Message),
            HttpRequestException http => $"No answer: {Sentence(http.Message)} Try again.",
            OperationCanceledException => "Stopped before it was done.",
            TimeoutException late => $"It took too long: {Sentence(late.Message)} Try again.",
            IOException or UnauthorizedAccessException => Sentence(failure.Message),
            _ => $"A fault of this program, {failure.GetType().Name}: {Sentence(failure.Message)} "
                + "Type it again with --verbose, and report what that shows.",
        };

    private static bool IsOfOtherTables(string sqlState) =>
        sqlState
            is PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.UndefinedColumn
                or PostgresErrorCodes.InvalidSchemaName;
}
