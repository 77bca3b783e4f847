using System.Net;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F10")]
    public async Task A_node_without_its_database_is_alive_and_not_ready()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var client = await hydra.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Token)).StatusCode);

        await proxy.CutAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Token)).StatusCode);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_not_ready_and_the_body_says_why()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var client = hydra.Anonymous();
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Token));

        // as on a standby; a full disk is refused at the same statement
        var name = await hydra.QueryAsync<string>("SELECT current_database()");
        await hydra.QueryAsync<object>($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        hydra.Database.Clear();

        using var answer = await client.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.StartsWith("Unhealthy\n", body, StringComparison.Ordinal);
        Assert.Contains("database: It cannot be written (25006): ", body, StringComparison.Ordinal);
    }
}
