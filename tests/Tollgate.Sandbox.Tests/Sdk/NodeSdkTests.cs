using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests.Sdk;

/// <summary>
/// Stripe's own SDK for Node takes the Sandbox for Stripe: a script in <c>node/</c> for each area.
/// </summary>
public sealed class NodeSdkTests
{
    private const string Suffix = ".test.mjs";

    public static TheoryData<string> Areas() =>
        [
            .. Directory
                .EnumerateFiles(OfficialTools.Folder, $"*{Suffix}")
                .Select(path => Path.GetFileName(path)[..^Suffix.Length])
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task Script_of_an_area_passes(string area)
    {
        var token = TestContext.Current.CancellationToken;
        await using var sandbox = await TestSandbox.StartAsync();
        var folder = await OfficialTools.NodeFolderAsync(token);
        var ended = await Command.RunAsync(
            "node",
            [$"{area}{Suffix}", sandbox.Server.BaseAddress.ToString()],
            folder,
            Command.Offline,
            token
        );
        Assert.True(ended.Code == 0, ended.All);
        // Reading what happened checks the shape of every object that the script touched.
        await sandbox.EventsAsync();
    }
}
