using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tollgate.Status;
using Tollgate.Testing;
using Tollgate.Usage;

namespace Tollgate.IntegrationTests.Usage;

/// <summary>Runs over HTTP: a unit held around the handler, and counted when it succeeded.</summary>
public sealed class MeteredEndpointTests : IAsyncLifetime
{
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MeterNodes nodes = null!;
    private MeteredApp app = null!;
    private int runs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        nodes = await MeterNodes.CreateAsync();
        app = await MeteredApp.StartAsync(nodes, Map);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await nodes.DisposeAsync();
    }

    [Fact]
    public async Task Successful_run_is_counted_once_and_answered()
    {
        var answer = await app.PostAsync("/ok");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Theory]
    [InlineData("/throws", 500)]
    [InlineData("/refuses", 422)]
    [InlineData("/nested", 400)]
    [InlineData("/sets-status", 409)]
    [InlineData("/writes", 503)]
    [InlineData("/forbids", 403)]
    public async Task Failed_run_gives_its_unit_back(string path, int status)
    {
        var answer = await app.PostAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(1, runs);
        Assert.Equal((0, 0), await CountersAsync());
    }

    [Theory]
    [InlineData("/plain")]
    [InlineData("/writes-ok")]
    [InlineData("/streams")]
    [InlineData("/redirects")]
    public async Task Success_is_known_however_the_handler_answers(string path)
    {
        var answer = await app.PostAsync(path);

        Assert.True((int)answer.StatusCode < 400);
        // who writes the answer by itself has it read before the run is over
        await Eventually.Async(async () => await CountersAsync() == (1, 0), ct: Token, what: "the run to be counted");
    }

    [Fact]
    public async Task At_the_limit_the_answer_is_402_with_all_that_a_prompt_needs()
    {
        for (var i = 0; i < 5; i++)
        {
            await app.PostAsync("/ok");
        }

        var answer = await app.PostAsync("/ok");

        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("/problems/free_tier_limit_reached", problem.GetProperty("type").GetString());
        Assert.Equal("free_tier_limit_reached", problem.GetProperty("code").GetString());
        Assert.Equal("fix", problem.GetProperty("meter").GetString());
        Assert.Equal(5, problem.GetProperty("used").GetInt32());
        Assert.Equal(5, problem.GetProperty("limit").GetInt32());
        Assert.Equal(MeterNodes.Start + MeterNodes.Window, problem.GetProperty("reset_at").GetDateTimeOffset());
        Assert.Equal("http://localhost:8000/billing/upgrade", problem.GetProperty("upgrade_url").GetString());
        Assert.Equal(5, runs);
    }

    [Fact]
    [Trait("fault", "F80")]
    public async Task Hundred_concurrent_requests_on_five_left_run_exactly_five()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => app.PostAsync("/ok")));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(95, answers.Count(answer => answer.StatusCode == HttpStatusCode.PaymentRequired));
        Assert.Equal(5, runs);
    }

    [Fact]
    [Trait("fault", "F84")]
    public async Task Same_key_twice_runs_once_and_the_second_is_refused()
    {
        await app.PostAsync("/ok", key: "run-1");
        var again = await app.PostAsync("/ok", key: "run-1");

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("run_already_counted", await CodeAsync(again));
        Assert.Equal(1, runs);
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Fact]
    public async Task Handler_that_answers_for_repeats_gets_its_run_again_uncounted()
    {
        var first = await (await app.PostAsync("/repeats", key: "run-1")).Content.ReadAsStringAsync(Token);
        var second = await (await app.PostAsync("/repeats", key: "run-1")).Content.ReadAsStringAsync(Token);

        Assert.Equal("fix run-1 False", first);
        Assert.Equal("fix run-1 True", second);
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Fact]
    public async Task Key_of_a_run_that_has_not_ended_is_refused()
    {
        var running = app.PostAsync("/held", key: "run-1");
        await held.Task.WaitAsync(Token);

        var again = await app.PostAsync("/held", key: "run-1");
        mayEnd.SetResult();

        Assert.Equal("run_already_counted", await CodeAsync(again));
        Assert.Contains("still running", await again.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await running).StatusCode);
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Fact]
    public async Task Group_and_endpoint_of_one_meter_count_one_unit()
    {
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync("/group/ok")).StatusCode);
        Assert.Equal((1, 0), await CountersAsync());
    }

    [Theory]
    [InlineData("/ok", null, 401)]
    [InlineData("/members-only", null, 401)]
    [InlineData("/ok", "stranger", 403)]
    public async Task Callers_who_cannot_be_billed_run_nothing(string path, string? user, int status)
    {
        Assert.Equal(status, (int)(await app.PostAsync(path, user)).StatusCode);
        Assert.Equal(0, runs);
        Assert.Empty(await nodes.RowsAsync());
    }

    [Fact]
    public async Task Key_of_another_form_is_400_and_runs_nothing()
    {
        var answer = await app.PostAsync("/ok", key: new string('k', 201));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_request", await CodeAsync(answer));
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task Endpoint_of_a_meter_that_is_not_in_the_catalog_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            MeteredApp.StartAsync(nodes, web => web.MapPost("/x", () => "x").Metered("typo"))
        );

        Assert.Contains("typo", failure.Message, StringComparison.Ordinal);
    }

    private void Map(WebApplication web)
    {
        web.MapPost("/ok", () => Run(Results.Ok())).Metered("fix");
        web.MapPost("/throws", () => Run<IResult?>(answer: null) ?? throw new InvalidOperationException())
            .Metered("fix");
        web.MapPost("/refuses", () => Run(Results.Problem(statusCode: 422))).Metered("fix");
        web.MapPost("/nested", () => Run(Nested())).Metered("fix");
        web.MapPost("/sets-status", (HttpResponse response) => Run(response.StatusCode = 409)).Metered("fix");
        web.MapPost("/writes", http => Run(WriteAsync(http, 503))).Metered("fix");
        web.MapPost("/forbids", () => Run(Results.Forbid())).Metered("fix");
        web.MapPost("/plain", () => Run(new { done = true })).Metered("fix");
        web.MapPost("/writes-ok", http => Run(WriteAsync(http, 201))).Metered("fix");
        web.MapPost("/streams", () => Run(Results.Stream(new MemoryStream([1, 2, 3])))).Metered("fix");
        web.MapPost("/redirects", () => Run(Results.Redirect("/plain", preserveMethod: false))).Metered("doc_run");
        web.MapPost("/members-only", () => Run("")).RequireAuthorization().Metered("fix");
        web.MapPost(
                "/repeats",
                (HttpContext http) =>
                    http.Features.Get<IMeteredRun>() is { } run ? $"{run.Meter} {run.Key} {run.IsRepeat}" : "no run"
            )
            .Metered("fix", handlesRepeats: true);
        web.MapPost("/held", HoldAsync).Metered("fix");
        web.MapGroup("/group").Metered("fix").MapPost("/ok", () => Run("")).Metered("fix");
    }

    private T Run<T>(T answer)
    {
        Interlocked.Increment(ref runs);
        return answer;
    }

    private async Task<string> HoldAsync()
    {
        held.SetResult();
        await mayEnd.Task;
        return "ended";
    }

    private static Results<Ok, BadRequest> Nested() => TypedResults.BadRequest();

    private static async Task WriteAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync("written", Token);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString();

    private async Task<(int Used, int Reserved)> CountersAsync()
    {
        var rows = await nodes.RowsAsync();
        return (rows.Sum(row => row.Used), rows.Sum(row => row.Reserved));
    }
}
