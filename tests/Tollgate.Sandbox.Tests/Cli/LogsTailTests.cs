using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests.Cli;

/// <summary><c>stripe logs tail</c> follows the requests of the Sandbox.</summary>
public sealed class LogsTailTests
{
    [Fact]
    public async Task Requests_are_shown_as_they_end()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        await using var tail = await Listening.TailAsync(cli);
        var made = await sandbox.PostAsync("/v1/customers", "name=Ada");
        await tail.WaitForAsync($"[200] POST /v1/customers [{made.Header("Request-Id")}]");
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/customers", "nonsense=1");
        await tail.WaitForAsync("[400] POST /v1/customers");
        await tail.WaitForAsync("Param: nonsense");
    }

    [Fact]
    public async Task Filters_of_the_command_line_are_kept()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        using var cli = await StripeCli.OfAsync(sandbox);
        string[] filters = ["--filter-http-method", "GET", "--filter-status-code-type", "4XX"];
        await using var tail = await Listening.TailAsync(cli, filters);
        await sandbox.PostAsync("/v1/customers", "name=Ada");
        await sandbox.GetAsync("/v1/customers");
        await sandbox.RefusedAsync(404, HttpMethod.Get, "/v1/customers/cus_none");
        await tail.WaitForAsync("[404] GET /v1/customers/cus_none");
        Assert.DoesNotContain("[200]", tail.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_that_the_sandbox_does_not_have_is_refused_by_name()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string[] form =
        [
            "device_name=here",
            "websocket_features[]=request_logs",
            """filters={"filter_ip_address":["10.0.0.1"]}""",
        ];
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/stripecli/sessions", form);
        Assert.Contains("filter_ip_address", refused["error.message"], StringComparison.Ordinal);
        form[2] = "filters=[";
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/stripecli/sessions", form);
        form[1] = "websocket_features[]=telepathy";
        await sandbox.RefusedAsync(400, HttpMethod.Post, "/v1/stripecli/sessions", form);
    }
}
