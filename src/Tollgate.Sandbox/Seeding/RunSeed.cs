using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Seeding;

/// <summary>Fills a new Sandbox by the requests of a fixtures file, through its own API.</summary>
internal static class RunSeed
{
    private const string Key = "sk_test_seedfile";
    private static readonly TimeSpan RateWait = TimeSpan.FromMilliseconds(200);

    /// <exception cref="InvalidDataException">A step was refused; the message names file, step and reason.</exception>
    public static async Task RunAsync(string file, Uri address, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.BaseAddress = address;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var step in SeedStep.ReadAll(file))
        {
            try
            {
                answers[step.Name] = await RunAsync(http, step, answers, cancellationToken);
            }
            catch (FormatException error)
            {
                throw new InvalidDataException($"{file}, step '{step.Name}': {error.Message}", error);
            }
        }
    }

    private static async Task<JsonNode> RunAsync(
        HttpClient http,
        SeedStep step,
        IReadOnlyDictionary<string, JsonNode> answers,
        CancellationToken cancellationToken
    )
    {
        var form = SeedForm.Of(step.Params, Resolve);
        var path = Resolve(step.Path);
        while (true)
        {
            var isPost = step.Method == "POST";
            using var request = new HttpRequestMessage(
                new HttpMethod(step.Method),
                isPost || form.Length == 0 ? path : $"{path}?{form}"
            );
            request.Content = isPost ? new StringContent(form) : null;
            if (step.IdempotencyKey is { } key)
            {
                request.Headers.Add("Idempotency-Key", Resolve(key));
            }

            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                // The Sandbox was asked to be as slow as Stripe is.
                await Task.Delay(RateWait, TimeProvider.System, cancellationToken);
                continue;
            }

            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            var error = body["error"];
            return error?["type"]?.ToString() == step.ExpectedErrorType
                ? body
                : throw new FormatException(error?["message"]?.ToString() ?? $"not refused: {step.ExpectedErrorType}");
        }

        string Resolve(string text) => SeedReference.Resolve(text, answers);
    }
}
