using System.Net;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F10_a_node_without_its_database_is_alive_and_not_ready()
    {
        await using var proxy = await CuttableProxy.StartAsync();
        await using var hydra = await HydraHost.StartBehindAsync(proxy);
        using var client = await hydra.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Token)).StatusCode);

        await proxy.CutAsync();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready", Token)).StatusCode);
    }
}
