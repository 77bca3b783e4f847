using Tollgate;

namespace ImportCsv;

/// <summary>
/// Whether this is the cloud, which bills, or somebody's own server, which has no billing at all. Read once, because it
/// decides what the host is made of.
/// </summary>
internal static class CloudSwitch
{
    public const string Setting = "IMPORTCSV_CLOUD";

    /// <param name="unsaid">What holds where nothing is said: true in Development.</param>
    /// <exception cref="StartupException">Neither true nor false (decision F1).</exception>
    public static bool IsOn(IConfiguration configuration, bool unsaid) =>
        configuration[Setting] switch
        {
            null or "" => unsaid,
            "true" => true,
            "false" => false,
            _ => throw new StartupException($"{Setting} must be true or false."),
        };
}
