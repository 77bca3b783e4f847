using Tollgate.Settings;

namespace ImportCsv;

/// <summary>
/// Whether this is the cloud, which bills, or somebody's own server, which has no billing at all. Read once, because it
/// decides what the host is made of.
/// </summary>
internal static class CloudSwitch
{
    public static readonly Setting Setting = Setting.Switch(
        "IMPORTCSV_CLOUD",
        "whether this is the cloud, which bills, or one's own server"
    );

    /// <summary>
    /// A word that is neither true nor false stops the start (decision F1); until then it counts as the cloud, so that
    /// what the cloud misses is reported together with it.
    /// </summary>
    /// <param name="unsaid">What holds where nothing is said: true in Development.</param>
    public static bool IsOn(IConfiguration configuration, bool unsaid) =>
        Setting.ReadSwitch(configuration, unsaid: unsaid || Setting.Read(configuration) is not null);
}
