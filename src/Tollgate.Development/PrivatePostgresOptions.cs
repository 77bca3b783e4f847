namespace Tollgate.Development;

/// <summary>Where a private PostgreSQL cluster lives and how it runs.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>
    /// The cluster's folder: made at the first start, shared by every process that names it. When the user the server
    /// runs as cannot reach it, the data goes to <c>/var/lib/tollgate</c> and this folder points there.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>
    /// For tests: no fsync, so a crash of the machine may lose the cluster (a killed server loses nothing). Default
    /// false. Has effect when the server is started, not when it is found running.
    /// </summary>
    public bool ThrowAway { get; init; }

    /// <summary>Connections the server accepts. Default 100.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>
    /// The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, or <c>npm</c> for the npm package's. Null: the
    /// newest of the system, else of PATH, else npm's. Default: the variable <c>TOLLGATE_POSTGRES_BIN</c>.
    /// </summary>
    public string? Binaries { get; init; } = Environment.GetEnvironmentVariable("TOLLGATE_POSTGRES_BIN");

    /// <summary>
    /// Where npm's binaries are kept. Default: <c>postgres-binaries</c> beside <see cref="Directory"/>.
    /// </summary>
    public string? NpmDirectory { get; init; }

    /// <summary>
    /// Receives what takes long: binaries that are fetched, a cluster that is made, a server that starts.
    /// </summary>
    public Action<string> Progress { get; init; } = _ => { };
}
