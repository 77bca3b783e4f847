namespace Tollgate.ImportCsvTests;

/// <summary>Whoever runs ImportCSV has of the library what whoever runs Hydra has.</summary>
public sealed class OperatorTests
{
    private const string Off = "--IMPORTCSV_CLOUD=false";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_of_billing_works_on_users_as_accounts()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var user = (await host.UserAsync<string>("user_id"))!;
        foreach (
            var command in (string[])
                [
                    "setup",
                    "doctor",
                    $"explain {user}",
                    "events list",
                    $"quotes {user}",
                    "duplicates",
                    "billing status",
                    $"override set {user} --plan pro --until 2099-01-01 --why test",
                    $"override end {user} --why test",
                    $"close {user} --why test",
                    "integrity",
                    "migrate status",
                ]
        )
        {
            var (code, output) = await host.CommandAsync(command.Split(' '));
            Assert.True(code == 0, $"{command}: {output}");
        }
    }

    [Fact]
    public async Task Without_the_cloud_the_tables_have_a_command_and_billing_has_none()
    {
        await using var host = await ImportCsvHost.StartFreshAsync(Off);

        Assert.Equal(0, (await host.CommandAsync("migrate", "status")).Code);
        foreach (var command in (string[])["setup", "doctor", "explain", "billing", "override", "close", "integrity"])
        {
            Assert.Equal(2, (await host.CommandAsync(command)).Code);
        }
    }

    [Fact]
    public async Task Without_the_cloud_a_node_says_whether_it_is_ready()
    {
        await using var host = await ImportCsvHost.StartFreshAsync(Off);
        using var client = host.Anonymous();

        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Token));
    }

    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_the_console_names_the_pages_that_there_are()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var database = await TestDatabase.CreateAsync();
        await using var importCsv = ProductProcess.Start(
            "ImportCsv",
            new Uri($"http://127.0.0.1:{FreePort.Next()}"),
            new Dictionary<string, string>(collector.Environment)
            {
                ["ConnectionStrings__Tollgate"] = database.ConnectionString,
                ["Development__SandboxPort"] = "0",
                ["Development__KeepSandbox"] = "false",
            }
        );
        await importCsv.ReadyAsync();

        await Eventually.Async(
            () => collector.ServiceNames.Count == 3,
            TimeSpan.FromSeconds(120),
            Token,
            what: "traces, metrics and logs to be exported"
        );
        await Eventually.Async(
            () => importCsv.Output.Contains("(delete it to start over)", StringComparison.Ordinal),
            ct: Token,
            what: "the last line on the console"
        );
        Assert.Contains("/dev/mailbox", importCsv.Output, StringComparison.Ordinal);
        Assert.Contains("/dev/gallery", importCsv.Output, StringComparison.Ordinal);
    }
}
