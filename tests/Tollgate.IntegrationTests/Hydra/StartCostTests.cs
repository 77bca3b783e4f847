using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>What a start does once.</summary>
public sealed class StartCostTests
{
    [Fact]
    public async Task Endpoints_are_made_once()
    {
        var source = new CountingSource();

        await using var hydra = await HydraHost.StartAsync(app => ((IEndpointRouteBuilder)app).DataSources.Add(source));

        Assert.Equal(1, source.Times);
    }

    /// <summary>Makes its endpoints each time it is asked, as those of routes do.</summary>
    private sealed class CountingSource : EndpointDataSource
    {
        public int Times { get; private set; }

        public override IReadOnlyList<Endpoint> Endpoints
        {
            get
            {
                Times++;
                return [];
            }
        }

        public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;
    }
}
