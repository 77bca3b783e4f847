using System.Net;
using System.Net.Http.Json;

namespace Tollgate.Simulation.Schedule;

/// <summary>
/// The way from a node to Stripe: two points for each call, and what can go wrong on it. It also remembers every write,
/// because one key must always stand for one request.
/// </summary>
internal sealed class StripeWire(HttpMessageInvoker network, TimeProvider time, Storm storm, Tally tally)
    : HttpMessageHandler
{
    private readonly Dictionary<string, string> writes = [];

    /// <summary>When a node last got from Stripe what an account has.</summary>
    public DateTimeOffset? LastReadAt { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var name = $"{request.Method} {Shorten(request.RequestUri!.AbsolutePath)}";
        Operation.Running?.Reach(name);
        await RememberAsync(request, cancellationToken);
        switch (storm.NextOnTheWire())
        {
            case WireFault.Refused:
                tally.Count("the wire refuses");
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            case WireFault.RateLimited:
                tally.Count("the wire answers 429");
                return Answer(HttpStatusCode.TooManyRequests, "rate_limit_error", "rate_limit");
            case WireFault.ServerError:
                tally.Count("the wire answers 500");
                return Answer(HttpStatusCode.InternalServerError, "api_error", code: null);
            case WireFault.AnswerLost:
                tally.Count("the wire loses an answer");
                (await network.SendAsync(request, cancellationToken)).Dispose();
                Operation.Running?.Reach($"{name} was done, its answer lost");
                throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }

        var answer = await network.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (answer.IsSuccessStatusCode && name.StartsWith("GET /v1/subscriptions", StringComparison.Ordinal))
        {
            LastReadAt = time.GetUtcNow();
        }

        Operation.Running?.Reach($"{name} answered {(int)answer.StatusCode}");
        return answer;
    }

    private async Task RememberAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Post)
        {
            return;
        }

        var body = request.RequestUri!.AbsolutePath + await request.Content!.ReadAsStringAsync(cancellationToken);
        Assert.True(request.Headers.TryGetValues("Idempotency-Key", out var keys), $"I17: {body} has no key");
        var key = keys.Single();
        Assert.True(
            !writes.TryGetValue(key, out var before) || before == body,
            $"I17: {key} stood for {before} and now for {body}"
        );
        writes[key] = body;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, string? code) =>
        new(status)
        {
            Content = JsonContent.Create(
                new
                {
                    error = new
                    {
                        type,
                        code,
                        message = "Simulated.",
                    },
                }
            ),
        };

    // ids are made at random and would make two runs of one seed read differently
    private static string Shorten(string path) =>
        string.Join('/', path.Split('/').Select(part => part != "v1" && part.Any(IsOfId) ? "ID" : part));

    private static bool IsOfId(char character) => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character);
}
