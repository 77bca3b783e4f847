using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tollgate.Stripe;

/// <summary>
/// Stripe's API as far as Tollgate uses it, in the pinned version. One per process. Every write takes the idempotency
/// key of its intent. A refusal is a value; an answer of an unknown shape throws <see cref="StripeShapeException"/>.
/// Calls have the patience of a job unless <see cref="With"/> says otherwise.
/// </summary>
public sealed partial class StripeClient : IDisposable
{
    /// <summary>The version that every call names, whatever the account's default is.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    private const int PageSize = 100;
    private const int MostPages = 100;

    private readonly StripeTransport transport;
    private readonly StripePatience patience;

    /// <param name="handler">The last step to the network, owned by this client; tests put faults here.</param>
    /// <param name="machineTime">For retries and time-outs; never the billing clock.</param>
    /// <exception cref="ArgumentException">A setting is unusable; see <see cref="StripeSettings"/>.</exception>
    public StripeClient(
        StripeSettings settings,
        HttpMessageHandler handler,
        TimeProvider machineTime,
        ILogger<StripeClient>? log = null
    )
        : this(
            new StripeTransport(settings, handler, machineTime, log ?? NullLogger<StripeClient>.Instance),
            StripePatience.Job
        ) { }

    private StripeClient(StripeTransport transport, StripePatience patience)
    {
        this.transport = transport;
        this.patience = patience;
    }

    /// <inheritdoc cref="StripeClient(StripeSettings, HttpMessageHandler, TimeProvider, ILogger{StripeClient}?)"/>
    public static StripeClient Create(
        StripeSettings settings,
        TimeProvider machineTime,
        ILogger<StripeClient>? log = null
    ) =>
        new(
            settings,
            new SocketsHttpHandler
            {
                // a redirect would carry the secret key to wherever it points
                AllowAutoRedirect = false,
                UseCookies = false,
                // so that a change of Stripe's addresses is seen
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            machineTime,
            log
        );

    /// <summary>The same client for a caller with another patience; cheap, shares the connections.</summary>
    public StripeClient With(StripePatience patience) => new(transport, patience);

    /// <summary>It was away for so many calls in a row that it is not asked for a while.</summary>
    internal bool IsCutOff => transport.IsCutOff;

    /// <summary>Ends the connections, also those of every <see cref="With"/>.</summary>
    public void Dispose() => transport.Dispose();

    private async Task<StripeAnswer<T>> Send<TWire, T>(
        StripeRequest request,
        JsonTypeInfo<TWire> type,
        Func<TWire, T> read,
        CancellationToken cancellationToken
    )
        where TWire : notnull
    {
        var answer = await transport.Send(request, patience, cancellationToken);
        return answer.Refusal is { } refusal
            ? refusal
            : (await WithLists(StripeJson.Read(answer.Value, type), cancellationToken)).Then(read);
    }

    private Task<StripeAnswer<TWire>> WithLists<TWire>(TWire wire, CancellationToken cancellationToken) =>
        wire is IEmbedsLists<TWire> partial
            ? partial.ReadListsAsync(this, cancellationToken)
            : Task.FromResult<StripeAnswer<TWire>>(wire);

    /// <summary>All pages of a list, or a refusal; patience is for each page.</summary>
    private async Task<StripeAnswer<IReadOnlyList<T>>> SendAll<TWire, T>(
        string template,
        string? id,
        Action<FormWriter> write,
        JsonTypeInfo<ListWire<TWire>> type,
        Func<TWire, T> read,
        Func<T, string> idOf,
        CancellationToken cancellationToken
    )
    {
        var all = new List<T>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await SendPage(template, id, write, after, type, read, idOf, cancellationToken);
            if (answer.Refusal is { } refusal)
            {
                return refusal;
            }

            all.AddRange(answer.Value.Data);
            if (answer.Value.Next is not { } next)
            {
                return all;
            }

            after = next;
        }

        return new StripeRefusal.ListTooLong($"{template} has more than {MostPages} pages.", RequestId: null);
    }

    /// <summary>The one place that asks a list whether it goes on, and says where.</summary>
    private async Task<StripeAnswer<StripePage<T>>> SendPage<TWire, T>(
        string template,
        string? id,
        Action<FormWriter> write,
        string? after,
        JsonTypeInfo<ListWire<TWire>> type,
        Func<TWire, T> read,
        Func<T, string> idOf,
        CancellationToken cancellationToken
    )
    {
        var request = StripeRequest.Get(template, id, PageQuery(write, after));
        var answer = await Send(request, type, list => list, cancellationToken);
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        var data = new List<T>();
        foreach (var wire in answer.Value.Data)
        {
            var whole = await WithLists(wire, cancellationToken);
            if (whole.Refusal is { } unread)
            {
                return unread;
            }

            data.Add(read(whole.Value));
        }

        return (answer.Value.HasMore, data) switch
        {
            (false, _) => new StripePage<T>(data, Next: null),
            (true, [.., var last]) => new StripePage<T>(data, idOf(last)),
            _ => throw new StripeShapeException("$.data", "an empty page of a list that has more"),
        };
    }

    private static FormWriter PageQuery(Action<FormWriter> write, string? after)
    {
        var query = new FormWriter();
        write(query);
        query.Add("limit", PageSize);
        query.Add("starting_after", after);
        return query;
    }
}
