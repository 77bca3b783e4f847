using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tollgate.ImportCsvTests;

/// <summary>An importer's callback is sent for finished imports, signed, until it has taken it.</summary>
public sealed class CallbackTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_callback_is_signed_and_retried_until_it_is_taken()
    {
        var called = Channel.CreateUnbounded<(string Signature, string Body)>();
        var answers = new Queue<int>([503, 200]);
        await using var receiver = WebApplication.Create();
        receiver.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        receiver.MapPost(
            "/imported",
            async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                var body = await reader.ReadToEndAsync(Token);
                await called.Writer.WriteAsync((request.Headers["ImportCsv-Signature"].ToString(), body), Token);
                return Results.StatusCode(answers.Dequeue());
            }
        );
        await receiver.StartAsync(Token);
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:LocalCallbacks=true");
        await host.RunAsync(
            $"""
            UPDATE importcsv.importers SET callback_url = '{receiver.Urls.First()}/imported', callback_secret = 'cbs_x'
            """
        );

        var import = await ImportCsvHost.Json(await host.ImportAsync("email,name\na@b.de,=1+1\n"));
        var first = await called.Reader.ReadAsync(Token);
        var second = await called.Reader.ReadAsync(Token);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(
            import.GetProperty("id").GetGuid(),
            JsonElement.Parse(first.Body).GetProperty("import_id").GetGuid()
        );
        var time = second.Signature.Split(',')[0]["t=".Length..];
        var hash = HMACSHA256.HashData("cbs_x"u8, Encoding.UTF8.GetBytes($"{time}.{second.Body}"));
        Assert.Equal($"t={time},v1={Convert.ToHexStringLower(hash)}", second.Signature);
        await BecomesAsync(host, "done");
        Assert.EndsWith(
            "\r\na@b.de,=1+1,,,,\r\n",
            await FetchAsync(JsonElement.Parse(first.Body).GetProperty("result_url").GetString()!, "cbs_x"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_rows_are_handed_to_nobody_without_the_importers_secret()
    {
        await using var host = await ImportCsvHost.StartAsync();
        var mine = await ImportCsvHost.Json(await host.ImportAsync("email,name\na@b.de,A\n"));
        var address = new Uri(
            host.Address,
            $"/api/v1/importers/{ImportCsvHost.DemoKey}/imports/{mine.GetProperty("id")}/result"
        );
        var secret = (await host.QueryAsync<string>("SELECT callback_secret FROM importcsv.importers"))!;
        using var server = new HttpClient();
        foreach (var shown in new[] { null, "Bearer", "Bearer cbs_x", $"Basic {secret}", $"Bearer {secret}x" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Authorization", shown);
            await ImportCsvHost.RefusedAsync(await server.SendAsync(request, Token), 401, "secret_not_shown");
        }

        using var owner = await host.SignInAsync();
        await ImportCsvHost.RefusedAsync(await owner.GetAsync(address, Token), 401, "secret_not_shown");
        await host.RunAsync("UPDATE importcsv.importers SET key = 'imp_other'");
        server.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        await ImportCsvHost.RefusedAsync(await server.GetAsync(address, Token), 401, "secret_not_shown");
        var other = new Uri(host.Address, $"/api/v1/importers/imp_other/imports/{Guid.NewGuid()}/result");
        await ImportCsvHost.RefusedAsync(await server.GetAsync(other, Token), 404, "import_not_found");
    }

    [Fact]
    [Trait("abuse", "X21")]
    public async Task A_callback_to_a_private_address_is_never_called()
    {
        await using var host = await ImportCsvHost.StartAsync();
        await host.RunAsync("UPDATE importcsv.importers SET callback_url = 'https://localhost:1/imported'");
        Assert.Equal(HttpStatusCode.Created, (await host.ImportAsync("email,name\na@b.de,A\n")).StatusCode);
        await Eventually.Async(
            async () => await host.QueryAsync<string>("SELECT last_error FROM importcsv.callbacks") is not null,
            ct: Token,
            what: "an attempt"
        );
        Assert.Equal("a private address", await host.QueryAsync<string>("SELECT last_error FROM importcsv.callbacks"));
    }

    [Fact]
    public async Task An_owner_sees_that_a_callback_is_dead_and_has_it_sent_again()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:LocalCallbacks=true");
        using var owner = await host.SignInAsync();
        await using var receiver = WebApplication.Create();
        receiver.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        receiver.MapPost("/imported", () => Results.Ok());
        await receiver.StartAsync(Token);
        await host.RunAsync($"UPDATE importcsv.importers SET callback_url = '{receiver.Urls.First()}/imported'");
        var id = (await ImportCsvHost.Json(await host.ImportAsync("email,name\na@b.de,A\n")))
            .GetProperty("id")
            .GetGuid();
        await BecomesAsync(host, "done");
        await host.RunAsync("UPDATE importcsv.callbacks SET state = 'dead', attempts = 8, last_error = '503'");

        var seen = await owner.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{id}", Token);
        Assert.Equal("dead", seen.GetProperty("callback").GetProperty("state").GetString());
        Assert.Equal("503", seen.GetProperty("callback").GetProperty("last_error").GetString());
        using var other = await host.SignInAsync("admin@importcsv.test");
        var again = new Uri($"/api/v1/imports/{id}/callback", UriKind.Relative);
        await ImportCsvHost.RefusedAsync(await other.PostAsync(again, content: null, Token), 404, "no_callback");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync(again, content: null, Token)).StatusCode);
        await BecomesAsync(host, "done");
        Assert.Equal(1, await host.QueryAsync<int>("SELECT attempts FROM importcsv.callbacks"));
    }

    [Fact]
    public async Task A_server_that_never_answers_delays_no_other_importers_callback()
    {
        await using var host = await ImportCsvHost.StartAsync("--ImportCsv:LocalCallbacks=true");
        using var owner = await host.SignInAsync();
        var made = await owner.PostAsJsonAsync("/api/v1/importers", WalkTests.Contacts, Token);
        var other = (await ImportCsvHost.Json(made)).GetProperty("key").GetString()!;
        var asked = new TaskCompletionSource();
        var called = new TaskCompletionSource();
        await using var receiver = WebApplication.Create();
        receiver.Urls.Add($"http://127.0.0.1:{FreePort.Next()}");
        receiver.MapPost(
            "/silent",
            async (HttpContext http) =>
            {
                asked.TrySetResult();
                await called.Task.WaitAsync(http.RequestAborted);
            }
        );
        receiver.MapPost("/other", () => called.TrySetResult());
        await receiver.StartAsync(Token);
        var at = receiver.Urls.First();
        await host.RunAsync(
            $"""
            UPDATE importcsv.importers
            SET callback_url = '{at}' || CASE WHEN key = '{other}' THEN '/other' ELSE '/silent' END
            """
        );

        await host.ImportAsync("email,name\na@b.de,A\n");
        await asked.Task.WaitAsync(Token);
        await host.ImportAsync("email,name\na@b.de,A\n", other);
        await called.Task.WaitAsync(Token);
        await Eventually.Async(
            async () =>
                await host.QueryAsync<long>("SELECT count(*) FROM importcsv.callbacks WHERE state = 'done'") == 2,
            ct: Token,
            what: "both to be sent"
        );
    }

    private static async Task<string> FetchAsync(string address, string secret)
    {
        using var server = new HttpClient();
        server.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return await server.GetStringAsync(address, Token);
    }

    private static Task BecomesAsync(ImportCsvHost host, string state) =>
        Eventually.Async(
            async () => await host.QueryAsync<string>("SELECT state FROM importcsv.callbacks") == state,
            ct: Token,
            what: $"the callback to be {state}"
        );
}
