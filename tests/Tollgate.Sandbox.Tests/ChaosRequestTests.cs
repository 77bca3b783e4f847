using System.Diagnostics;
using Tollgate.Sandbox.Chaos;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Faults on request, of the API.</summary>
public sealed class ChaosRequestTests
{
    private static readonly string[] Named = ["name=Ada"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rate_limit_and_lock_timeout_are_429_with_their_codes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(
            new ChaosRule(Fault.RateLimit)
            {
                Method = "POST",
                Path = "/v1/customers",
                Times = 1,
            }
        );
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.LockTimeout) { Path = "/v1/cust*", Times = 1 });
        var limited = await sandbox.RefusedAsync(429, HttpMethod.Post, "/v1/customers", Named);
        Assert.Equal("rate_limit", limited["error.code"]);
        Assert.Equal("global-rate", limited.Header("Stripe-Rate-Limited-Reason"));
        var locked = await sandbox.RefusedAsync(429, HttpMethod.Post, "/v1/customers", Named);
        Assert.Equal("lock_timeout", locked["error.code"]);
        await sandbox.PostAsync("/v1/customers", Named);
        Assert.Single((await sandbox.GetAsync("/v1/customers")).Data);
        var injected = sandbox.Server.Chaos.Injected.Select(one => (one.Fault, one.What, one.Id));
        Assert.Equal(
            [
                (Fault.RateLimit, "POST /v1/customers", limited.Header("Request-Id")!),
                (Fault.LockTimeout, "POST /v1/customers", locked.Header("Request-Id")!),
            ],
            injected
        );
    }

    [Fact]
    public async Task Failure_before_the_work_leaves_the_key_free()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Fail) { Times = 1 });
        var failed = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        Assert.Equal((500, "api_error"), ((int)failed.Status, failed["error.type"]));
        var again = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        Assert.Equal((200, "Ada"), ((int)again.Status, again["name"]));
    }

    [Theory]
    [InlineData(Fault.FailForKey, 0)]
    [InlineData(Fault.FailAfterCommit, 1)]
    public async Task Stored_failure_is_replayed_whether_the_work_was_done_or_not(Fault fault, int customers)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(fault) { Times = 1 });
        var failed = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        var again = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        Assert.Equal((500, 500), ((int)failed.Status, (int)again.Status));
        Assert.Equal("true", again.Header("Idempotent-Replayed"));
        Assert.Equal(customers, (await sandbox.GetAsync("/v1/customers")).Data.Count);
    }

    [Fact]
    public async Task Answer_that_is_lost_was_committed_and_its_key_gives_it_again()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.LoseAnswer) { Method = "POST", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1")
        );
        var only = Assert.Single((await sandbox.GetAsync("/v1/customers")).Ids);
        var again = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        Assert.Equal((only, "true"), (again.Id, again.Header("Idempotent-Replayed")));
    }

    [Fact]
    public async Task Answer_that_never_comes_holds_the_key_and_ends_with_the_sandbox()
    {
        var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.NeverAnswer) { Method = "POST", Times = 1 });
        var waiting = sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        await Until.TrueAsync(
            async () => (await sandbox.GetAsync("/v1/customers")).Data.Count == 1,
            () => "the customer was not made"
        );
        var refused = await sandbox.SendAsync(HttpMethod.Post, "/v1/customers", Named, "key-1");
        Assert.Equal((409, "idempotency_key_in_use"), ((int)refused.Status, refused["error.code"]));
        Assert.False(waiting.IsCompleted);
        await sandbox.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        sandbox.Http.Dispose();
    }

    [Fact]
    public async Task Slow_request_waits_and_then_meets_the_next_fault()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Slow) { Times = 2 });
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Fail) { Method = "POST" });
        var watch = Stopwatch.StartNew();
        await sandbox.RefusedAsync(500, HttpMethod.Post, "/v1/customers", Named);
        await sandbox.GetAsync("/v1/customers");
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(1.9), watch.Elapsed.ToString());
        Assert.Equal(2, sandbox.Server.Chaos.Count(Fault.Slow));
    }

    [Fact]
    public async Task Stale_read_shows_the_version_before_the_last_change()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(
            new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero)
        );
        var id = (await sandbox.PostAsync("/v1/customers", "name=1")).Id;
        sandbox.Server.Chaos.Add(
            new ChaosRule(Fault.StaleRead)
            {
                Path = "/v1/customers*",
                Times = 3,
                By = TimeSpan.FromHours(1),
            }
        );
        // Nothing changed yet, so nothing is stale and no read is used up.
        Assert.Equal("1", (await sandbox.GetAsync($"/v1/customers/{id}"))["name"]);
        Assert.Equal(0, sandbox.Server.Chaos.Count(Fault.StaleRead));
        await sandbox.PostAsync($"/v1/customers/{id}", "name=2");
        await sandbox.PostAsync($"/v1/customers/{id}", "name=3");
        Assert.Equal("2", (await sandbox.GetAsync($"/v1/customers/{id}"))["name"]);
        Assert.Equal("2", (await sandbox.GetAsync("/v1/customers"))["data.0.name"]);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal("3", (await sandbox.GetAsync($"/v1/customers/{id}"))["name"]);
        await sandbox.PostAsync($"/v1/customers/{id}", "name=4");
        Assert.Equal("3", (await sandbox.GetAsync($"/v1/customers/{id}"))["name"]);
        Assert.Equal("4", (await sandbox.GetAsync($"/v1/customers/{id}"))["name"]);
        Assert.Equal(3, sandbox.Server.Chaos.Count(Fault.StaleRead));
        Assert.Equal(3, sandbox.Server.Chaos.Injected.Count);
    }

    [Fact]
    public async Task Rules_are_added_shown_and_removed_by_api()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        await sandbox.PostAsync("/_sandbox/chaos/reset", "seed=42");
        var rule = await sandbox.PostAsync(
            "/_sandbox/chaos/rules",
            "fault=delay",
            "event_types[]=invoice.*",
            "seconds=259200",
            "probability=0.25",
            "times=3"
        );
        Assert.Equal(("rule_1", "259200", "0.25"), (rule.Id, rule["seconds"], rule["probability"]));
        await sandbox.PostAsync("/_sandbox/chaos/rules", "fault=rate_limit", "path=/v1/products", "times=1");
        await sandbox.RefusedAsync(429, HttpMethod.Post, "/v1/products", "name=Team");
        var state = await sandbox.GetAsync("/_sandbox/chaos");
        Assert.Equal(("42", "1", "1"), (state["seed"], state["counts.rate_limit"], state["rules.1.struck"]));
        Assert.Equal("POST /v1/products", state["injected.0.what"]);
        await sandbox.DeleteAsync("/_sandbox/chaos/rules/rule_1");
        await sandbox.RefusedAsync(404, HttpMethod.Delete, "/_sandbox/chaos/rules/rule_1");
        Assert.Single(sandbox.Server.Chaos.Rules);
        await sandbox.PostAsync("/_sandbox/chaos/reset");
        Assert.Empty(sandbox.Server.Chaos.Rules);
    }

    [Theory]
    [InlineData("fault", "fault=unplugged")]
    [InlineData("probability", "fault=drop&probability=1.5")]
    [InlineData("probability", "fault=drop&probability=0")]
    [InlineData("times", "fault=drop&times=0")]
    [InlineData("window", "fault=reorder&window=1")]
    [InlineData("seconds", "fault=drop&seconds=5")]
    [InlineData("seconds", "fault=same_second&seconds=0")]
    [InlineData("event_types", "fault=fail&event_types[]=a")]
    [InlineData("path", "fault=drop&path=/v1")]
    [InlineData("method", "fault=stale_read&method=POST")]
    [InlineData("odds", "fault=drop&odds=5")]
    public async Task Rule_that_makes_no_sense_is_refused_by_name(string parameter, string form)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var refused = await sandbox.RefusedAsync(400, HttpMethod.Post, "/_sandbox/chaos/rules", form.Split('&'));
        Assert.Equal(parameter, refused["error.param"]);
        Assert.Empty(sandbox.Server.Chaos.Rules);
        Assert.Throws<ArgumentException>(() => sandbox.Server.Chaos.Add(new ChaosRule(Fault.Drop) { Times = 0 }));
    }

    [Fact]
    public async Task Pages_meet_no_fault()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Server.Chaos.Add(new ChaosRule(Fault.Fail));
        await Form.ReadAsync(sandbox, "/");
        var page = await Form.ReadAsync(sandbox, "/chaos");
        Assert.Contains("rule_1", page, StringComparison.Ordinal);
        using var added = new HttpRequestMessage(HttpMethod.Post, "/_sandbox/chaos/rules");
        added.Headers.Add("Accept", "text/html");
        added.Content = new StringContent("fault=drop&event_types[]=&path=&customer=&times=&seconds=&probability=1");
        await sandbox.Http.SendAsync(added, Token);
        Assert.Equal(Fault.Drop, sandbox.Server.Chaos.Rules[1].Fault);
    }
}
