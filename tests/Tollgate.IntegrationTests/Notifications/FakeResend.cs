using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>What a mail provider may do with a request.</summary>
internal enum ProviderMood
{
    Takes,
    TakesAndNeverAnswers,
    TakesAndBreaksTheConnection,
    Fails,
    IsBusy,
    RefusesTheAddress,
}

/// <summary>
/// A server on a loopback port that takes mails as Resend's API does: the same key with the same bytes is the same
/// mail, with other bytes it is refused.
/// </summary>
internal sealed class FakeResend : IAsyncDisposable
{
    public const string Key = "re_of_a_test_account";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Body, string Id)> taken = new();
    private int requests;

    private FakeResend()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(ServeAsync);
    }

    public ProviderMood Mood { get; set; }

    public int Requests => Volatile.Read(ref requests);

    /// <summary>The mails that went out, each once.</summary>
    public IReadOnlyList<JsonElement> Mails => [.. taken.Values.Select(mail => JsonElement.Parse(mail.Body))];

    /// <summary>How a host is pointed here, on its command line.</summary>
    public string[] Settings =>
        [$"--RESEND_API_KEY={Key}", $"--RESEND_API_BASE={app.Urls.Single()}", "--MAIL_FROM=Hydra <billing@hydra.test>"];

    public static async Task<FakeResend> StartAsync()
    {
        var server = new FakeResend();
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        Interlocked.Increment(ref requests);
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (http.Request is { Path.Value: "/domains", Method: "GET" })
        {
            var isKnown = http.Request.Headers.Authorization == $"Bearer {Key}";
            await AnswerAsync(http, 401, new { name = isKnown ? "restricted_api_key" : "invalid_api_key" });
        }
        else if (http.Request is not { Path.Value: "/emails", Method: "POST" } || key.Length is 0 or > 256)
        {
            await AnswerAsync(http, 404, new { name = "not_found" });
        }
        else if (http.Request.Headers.Authorization != $"Bearer {Key}")
        {
            await AnswerAsync(http, 403, new { name = "invalid_api_key" });
        }
        else if (Mood is ProviderMood.Fails or ProviderMood.IsBusy or ProviderMood.RefusesTheAddress)
        {
            var (status, name) = Mood switch
            {
                ProviderMood.Fails => (500, "internal_server_error"),
                ProviderMood.IsBusy => (429, "rate_limit_exceeded"),
                _ => (422, "validation_error"),
            };
            await AnswerAsync(http, status, new { name, message = "billing@acme.test is in the message" });
        }
        else
        {
            await TakeAsync(http, key, body);
        }
    }

    private async Task TakeAsync(HttpContext http, string key, string body)
    {
        var mail = taken.GetOrAdd(key, _ => (body, Guid.NewGuid().ToString()));
        switch (Mood)
        {
            case ProviderMood.TakesAndNeverAnswers:
                var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                http.RequestAborted.Register(gone.SetResult);
                await gone.Task;
                break;
            case ProviderMood.TakesAndBreaksTheConnection:
                http.Abort();
                break;
            default:
                await (
                    mail.Body == body
                        ? AnswerAsync(http, 200, new { id = mail.Id })
                        : AnswerAsync(http, 409, new { name = "invalid_idempotent_request" })
                );
                break;
        }
    }

    private static Task AnswerAsync(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body, http.RequestAborted);
    }
}
