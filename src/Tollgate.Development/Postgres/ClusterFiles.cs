using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Development.Postgres;

/// <summary>The names of what lies in a cluster's home.</summary>
internal sealed record ClusterFiles(string Home)
{
    public string Data => Path.Combine(Home, "data");

    /// <summary>
    /// initdb's work; renamed to <see cref="Data"/> when complete, so that half a cluster is never opened.
    /// </summary>
    public string UnfinishedData => Path.Combine(Home, "data.new");

    public string Password => Path.Combine(Home, "password");

    public string Log => Path.Combine(Home, "log");

    /// <summary>The port used last, preferred at the next start.</summary>
    public string Port => Path.Combine(Home, "port");

    public string PostmasterPid => Path.Combine(Data, "postmaster.pid");

    public bool IsInitialized => File.Exists(Path.Combine(Data, "PG_VERSION"));

    public int MajorVersion => int.Parse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim());

    /// <summary>Marks the server's processes in the process list; short, and the same for the same home.</summary>
    public string ClusterName => $"tollgate-{HashOf(Home)}";

    public static string HashOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
}
