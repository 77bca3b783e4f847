using System.Net;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Runs that no meter counts are known by their keys all the same.</summary>
public sealed class WorkflowRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_is_no_key_is_refused_where_nothing_is_metered_too()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var tooLong = string.Concat(Enumerable.Range(0, 200).Select(_ => Guid.NewGuid().ToString("N")));

        Assert.Equal(HttpStatusCode.BadRequest, (await RunAsync(owner, tooLong)).StatusCode);
    }

    [Fact]
    public async Task A_run_reported_several_times_at_once_is_one_run()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RunAsync(owner, "the-same")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"WorkflowRuns\""));
    }

    private static async Task<HttpResponseMessage> RunAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/workflows/review/runs");
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Token);
    }
}
