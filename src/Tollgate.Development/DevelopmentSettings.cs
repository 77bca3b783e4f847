using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Tollgate.Sandbox;
using Tollgate.Settings;

namespace Tollgate.Development;

/// <summary>What can be set of Development itself.</summary>
internal static class DevelopmentSettings
{
    private const int PortMost = 65535;

    public static readonly Setting SandboxPort = Setting.Number(
        "Development:SandboxPort",
        "where the Sandbox listens; 0 for any free port",
        most: PortMost
    );

    public static readonly Setting KeepSandbox = Setting.Switch(
        "Development:KeepSandbox",
        "whether the Sandbox remembers everything when it stops"
    );

    public static readonly Setting AfterLastRetry = Setting.Choice(
        "Development:AfterLastRetry",
        "what the Sandbox makes of a subscription when the last charge of its invoice has failed",
        [.. AfterLastRetries.Names.Keys]
    );

    public static readonly Setting DatabaseIsPrivate = Setting.Switch(
        "Development:DatabaseIsPrivate",
        "whether the database of ConnectionStrings__Tollgate is nobody else's, so that demo people may be made in it"
    );

    public static readonly Setting[] All = [SandboxPort, KeepSandbox, AfterLastRetry, DatabaseIsPrivate];

    /// <summary>
    /// Demo people, whose password everybody knows, and pages that show mails belong to a database that Development
    /// made, or to one of this machine that is said to be the same.
    /// </summary>
    public static bool HasPrivateDatabase(IConfiguration configuration) =>
        HostSettings.Database.Read(configuration) is not { } text
        || (DatabaseIsPrivate.ReadSwitch(configuration, unsaid: false) && IsOnThisMachine(text));

    internal static bool IsOnThisMachine(string connectionString)
    {
        try
        {
            var host = new NpgsqlConnectionStringBuilder(connectionString).Host;
            return host is not null && host.Split(',').All(one => one.StartsWith('/') || IsLoopback(one.Trim()));
        }
        catch (ArgumentException)
        {
            return false; // malformed, which the start reports
        }
    }

    // with or without a port, which an IPv6 address has only in brackets
    private static bool IsLoopback(string host)
    {
        var authority =
            IPAddress.TryParse(host, out var address) && address.AddressFamily is AddressFamily.InterNetworkV6
                ? $"[{address}]"
                : host;
        return Uri.TryCreate($"tcp://{authority}", UriKind.Absolute, out var place) && place.IsLoopback;
    }
}
