using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace Tollgate.Hosting;

/// <summary>What prevented a start, in one line that says what to do. Never holds a secret.</summary>
internal static class StartupFailure
{
    /// <summary>Of what settings, ports and a database that does not answer lead to; null for anything else.</summary>
    public static string? Line(Exception failure) =>
        failure switch
        {
            StartupException known => known.Message,
            // what a host declares in static members, its catalog above all, which may be read from a file
            TypeInitializationException { InnerException: StartupException known } => known.Message,
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

    public static string Sentence(string text) => text.Split('\n')[0].Trim().TrimEnd('.') + ".";
}
