using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Stripe's query language on what the Sandbox has.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Pages_of_a_search_follow_one_another_and_leave_out_what_is_deleted()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var ids = new List<string>();
        for (var count = 0; count < 4; count++)
        {
            ids.Add((await sandbox.PostAsync("/v1/customers", "name=Ada", $"metadata[no]={count}")).Id);
        }

        await sandbox.DeleteAsync($"/v1/customers/{ids[1]}");
        var first = await sandbox.GetAsync("/v1/customers/search", "query=name:\"ada\"", "limit=2");
        Assert.Equal([ids[3], ids[2]], first.Ids);
        var second = await sandbox.GetAsync(
            "/v1/customers/search",
            "query=name:\"ada\"",
            "limit=2",
            $"page={first["next_page"]}"
        );
        Assert.Equal([ids[0]], second.Ids);
        Assert.Equal("null", second["next_page"]);
    }

    [Theory]
    [InlineData("query=")]
    [InlineData("query=name")]
    [InlineData("query=metadata:\"x\"")]
    [InlineData("query=name[\"x\"]:\"y\"")]
    [InlineData("query=created:\"soon\"")]
    [InlineData("query=name:\"unfinished")]
    public async Task Query_that_is_none_is_refused_by_name(string query)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var refusal = await sandbox.RefusedAsync(400, HttpMethod.Get, "/v1/customers/search", query);
        Assert.Equal("query", refusal["error.param"]);
    }
}
