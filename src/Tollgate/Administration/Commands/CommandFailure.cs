using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Tollgate.Stripe;

namespace Tollgate.Administration.Commands;

/// <summary>What ended a command or a start, in one line that says what to do. Never holds a secret.</summary>
internal static class CommandFailure
{
    /// <summary>Of anything at all: what nobody expected is named by its type.</summary>
    public static string Line(Exception failure) =>
        Expected(failure)
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

    /// <summary>Of what settings, ports and a database that does not answer lead to; null for anything else.</summary>
    public static string? Expected(Exception failure) =>
        failure switch
        {
            StartupException known => known.Message,
            // what a host declares in static members, its catalog above all
            TypeInitializationException { InnerException: { } cause } declared =>
                $"{declared.TypeName} cannot be made: {Sentence(cause.Message)}",
            IOException { InnerException: AddressInUseException } inUse => inUse.Message,
            SocketException listening => $"The address to listen on cannot be had: {listening.Message}.",
            IOException { InnerException: SocketException listening } =>
                $"The address to listen on cannot be had: {listening.Message}.",
            PostgresException { IsTransient: false, SqlState: not ("28P01" or "28000" or "3D000") } => null,
            NpgsqlException database =>
                $"PostgreSQL: {Sentence(database.Message)} Start it, or correct ConnectionStrings__Tollgate.",
            _ => null,
        };

    private static bool IsOfOtherTables(string sqlState) =>
        sqlState
            is PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.UndefinedColumn
                or PostgresErrorCodes.InvalidSchemaName;

    private static string Sentence(string text) => text.Split('\n')[0].Trim().TrimEnd('.') + ".";
}
