using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Tollgate.Access;

/// <summary>
/// Server-sent events of the caller's own account: a frame says that something changed and carries no more than a
/// version; the page then asks for the status. A page that receives <c>paused</c> polls until <c>status</c> comes.
/// </summary>
internal sealed class StreamChanges(
    AccessGate gate,
    AccountStreams streams,
    HostDirectory directory,
    IHostApplicationLifetime life,
    TimeProvider machineTime
)
{
    private const string Beat = ":\n\n";
    private const string Paused = "event: paused\ndata: {}\n\n";
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Then the browser comes back by itself, and is authenticated anew.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public async Task<IResult> RunAsync(HttpContext http)
    {
        if (await directory.FindCallerAnewAsync(http.User, http.RequestAborted) is not { Account: var account })
        {
            return RefusalProblem.ToResult(new NoBillingAccount());
        }

        using var stream = streams.TryOpen(account);
        if (stream is null)
        {
            return RefusalProblem.ToResult(new TooManyStreams(AccountStreams.PerAccountMax));
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var heartbeat = machineTime.CreateTimer(_ => stream.Wake(), state: null, Heartbeat, Heartbeat);
        using var time = new CancellationTokenSource(Longest, machineTime);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            time.Token,
            http.RequestAborted,
            life.ApplicationStopping
        );
        try
        {
            await WriteAsync(http, stream, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the reader left, this node stops, or it is time to sign in anew
        }

        return Results.Empty;
    }

    // Whatever rang, the answer is the same: who are you still, and what holds now?
    private async Task WriteAsync(HttpContext http, AccountStream stream, CancellationToken cancellationToken)
    {
        string? sent = null;
        while (
            await CallerAnew.FindAsync(http, cancellationToken) is { } user
            && await directory.FindCallerAnewAsync(user, cancellationToken) is { } caller
            && caller.Account == stream.Account
        )
        {
            var frame = await FrameAsync(stream.Account, cancellationToken);
            await http.Response.WriteAsync(frame == sent ? Beat : frame, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            sent = frame;
            await stream.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask<string> FrameAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (!gate.IsListening)
        {
            return Paused;
        }

        var (state, _) = await gate.DecideAsync(account, cancellationToken);
        return $"event: status\ndata: {{\"version\":{state.Version}}}\n\n";
    }
}

/// <summary>The account's pages hold as many streams as one node gives them.</summary>
internal sealed record TooManyStreams(int Most)
    : Refusal(
        ProblemCodes.TooManyStreams,
        429,
        "Too many pages listen at once.",
        $"At most {Most} do. Ask for the status instead, or close some pages."
    );
