using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>
/// Answers <c>/v1/*</c>: key, route, idempotency and form on the way in; shape, expand and headers on the way out.
/// </summary>
internal sealed partial class ApiEndpoint(
    ApiSurface api,
    CommandLoop loop,
    RequestRate rate,
    Func<ApiRequest, IRequestFault> faultOf,
    RequestLog log,
    TimeProvider clock,
    Func<string> baseUrl
)
{
    public const string DefaultVersion = "2026-10-28.endive";
    private const int MaxBodyBytes = 1024 * 1024;
    private readonly ConcurrentDictionary<string, byte> keysInUse = new(StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        var notes = new RequestNotes(Transaction.NewId("req")[..18], clock.GetUtcNow(), clock.GetTimestamp());
        var headers = context.Response.Headers;
        headers["Request-Id"] = notes.Id;
        headers["Stripe-Version"] = DefaultVersion;
        headers.CacheControl = "no-cache, no-store";
        // before the answer goes out, so that whoever has it finds it on the page; one that never goes out, at the end
        var isLogged = false;
        context.Response.OnStarting(() =>
        {
            LogOnce();
            return Task.CompletedTask;
        });
        try
        {
            ApiKey.Require(context.Request);
            headers["Stripe-Version"] = Version(context.Request);
            rate.Take();
            await AnswerAsync(context, notes);
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            if (refusal.RateLimitedReason is { } reason)
            {
                headers["Stripe-Rate-Limited-Reason"] = reason;
            }

            await WriteAsync(context, notes, refusal.Status, Rendering.ToBytes(refusal.ToJson()));
        }
        catch (Exception error) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A fault of the Sandbox itself: the caller gets Stripe's shape, the person at the console the stack.
            await Console.Error.WriteLineAsync($"{context.Request.Method} {context.Request.Path}: {error}");
            var refusal = new StripeException(500, "api_error", "The Sandbox failed; see its console. " + notes.Id);
            await WriteAsync(context, notes, refusal.Status, Rendering.ToBytes(refusal.ToJson()));
        }
        finally
        {
            LogOnce();
        }

        void LogOnce()
        {
            if (!isLogged)
            {
                isLogged = true;
                log.Add(notes.ToEntry(context.Request, clock));
            }
        }
    }

    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var isWhole = read.IsCompleted || read.Buffer.Length > MaxBodyBytes;
            var body = isWhole ? read.Buffer.ToArray() : [];
            reader.AdvanceTo(isWhole ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isWhole)
            {
                return body.Length > MaxBodyBytes
                    ? throw new StripeException(413, "invalid_request_error", "The request body is larger than 1 MB.")
                    : Encoding.UTF8.GetString(body);
            }
        }
    }

    private static string Version(HttpRequest request)
    {
        var version = request.Headers["Stripe-Version"].ToString();
        return version.Length == 0 ? DefaultVersion
            : VersionShape().IsMatch(version) ? version
            : throw StripeException.Invalid($"Invalid Stripe API version: {version}");
    }

    private static Task WriteAsync(HttpContext context, RequestNotes notes, int status, byte[] body)
    {
        notes.Answered(status, body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex VersionShape();

    private async Task AnswerAsync(HttpContext context, RequestNotes notes)
    {
        var request = context.Request;
        var matched = api.Routes.Match(request.Method, request.Path.Value ?? "/");
        var key = request.Method == "POST" ? IdempotencyKey(request) : null;
        // The key is free again before the answer goes out: whoever has it may send the same request at once.
        var (reply, isLost) = await HoldingAsync(key, () => RunAsync(context, notes, matched, key));
        if (isLost)
        {
            context.Abort();
            return;
        }

        if (reply.IsReplay)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }

        if (key is not null)
        {
            context.Response.Headers["Idempotency-Key"] = key;
        }

        await WriteAsync(context, notes, reply.Status, reply.Body);
    }

    private async Task<(Reply Reply, bool IsLost)> RunAsync(
        HttpContext context,
        RequestNotes notes,
        (Route Route, IReadOnlyList<string> Ids) matched,
        string? key
    )
    {
        var request = context.Request;
        var path = request.Path.Value ?? "/";
        var form = FormNode.Parse(request.QueryString.Value, notes.Read(await ReadBodyAsync(context)));
        var fingerprint = IdempotentReplay.Fingerprint(request.Method, path, form);
        var fault = faultOf(new ApiRequest(request.Method, path, form, notes.Id));
        await fault.BeforeAsync(context.RequestAborted);
        var reply = await loop.RunAsync(
            tx =>
                IdempotentReplay.Around(
                    tx,
                    key,
                    fingerprint,
                    () => fault.Run(tx, seen => Execute(seen, matched.Route, matched.Ids, form, path))
                ),
            new RequestOrigin(notes.Id, key),
            context.RequestAborted
        );
        await fault.HoldAnswerAsync(context.RequestAborted);
        return (reply, fault.LosesAnswer);
    }

    /// <exception cref="StripeException">409: another request holds the key.</exception>
    private async Task<T> HoldingAsync<T>(string? key, Func<Task<T>> answer)
    {
        if (key is null)
        {
            return await answer();
        }

        if (!keysInUse.TryAdd(key, 0))
        {
            throw IdempotentReplay.KeyInUse(key);
        }

        try
        {
            return await answer();
        }
        finally
        {
            keysInUse.TryRemove(key, out _);
        }
    }

    private (int Status, JsonObject Body) Execute(
        Transaction tx,
        Route route,
        IReadOnlyList<string> ids,
        FormNode form,
        string path
    )
    {
        var input = ParamBinding.Bind(form, route.Known);
        var answer = route.Handle(new Call(api.Clock(tx, ids, input), input, ids, baseUrl(), path));
        if (answer.Status != 200 || !input.Texts("expand").Any())
        {
            return (answer.Status, answer.Body);
        }

        var body = Rendering.Publish(answer.Body);
        api.Expansion.Apply(tx, body, input.Texts("expand"));
        return (answer.Status, body);
    }

    private static string? IdempotencyKey(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        return key.Length switch
        {
            0 => null,
            > 255 => throw StripeException.Invalid("Idempotency-Key has more than 255 characters."),
            _ => key,
        };
    }
}
