using Tollgate.Settings;

namespace ImportCsv;

/// <summary>What of ImportCSV itself can be set; what each bounds stands where it is used.</summary>
internal static class ImportCsvSettings
{
    private const int MegabytesMost = 10_000_000;
    private const int PatienceMost = 299;

    public static readonly Setting[] All =
    [
        CloudSwitch.Setting,
        Setting.Number("ImportCsv:CallsPerMinute", "calls of one address a minute", least: 1),
        Setting.Number("ImportCsv:ImportsPerMinute", "imports of one importer a minute", least: 1),
        Setting.Number("ImportCsv:ImportsAtOnce", "imports of one importer at once", least: 1),
        Setting.Number("ImportCsv:ImportsPerMinuteOfAddress", "of those, from one address", least: 1),
        Setting.Number("ImportCsv:ImportsAtOnceOfAddress", "of those, from one address", least: 1),
        Setting.Number("ImportCsv:FileMegabytesMax", "the largest file, in megabytes", least: 1, most: MegabytesMost),
        Setting.Number("ImportCsv:PatienceSeconds", "how slowly rows may come", least: 1, most: PatienceMost),
        Setting.Number("ImportCsv:KeepDays", "after how many days imports are deleted", least: 1),
        Setting.Switch("ImportCsv:LocalCallbacks", "whether callbacks may go to this machine, in Development"),
    ];
}
