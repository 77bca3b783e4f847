using System.Text.Json;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// How the SDK is called, so that an answer is a value: a fact that was read, or the reason why not. Reads take the
/// SDK's reading interfaces only, and a write its key: one without does not compile. Lists are whole.
/// </summary>
internal sealed class StripeCalls(Sdk.StripeClient sdk, TimeProvider machineTime)
{
    private const int PageSize = 100;
    private const int MostPages = 100;

    public Sdk.StripeClient Client { get; } = sdk;

    public Sdk.V1Services V1 => Client.V1;

    /// <exception cref="ArgumentException">The id could lead to another object.</exception>
    public Task<StripeAnswer<TFact>> Ask<T, TOptions, TFact>(
        Sdk.IRetrievable<T, TOptions> service,
        string id,
        TOptions? options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.BaseOptions, new()
    {
        var checkedId = StripeId.Checked(id);
        return RunAsync(
            () => service.GetAsync(checkedId, options ?? new TOptions(), Keyless(), cancellationToken),
            read,
            cancellationToken
        );
    }

    /// <inheritdoc cref="Ask{T, TOptions, TFact}"/>
    public Task<StripeAnswer<TFact>> Ask<T, TFact>(
        Sdk.ISingletonRetrievable<T> service,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity =>
        RunAsync(() => service.GetAsync(Keyless(), cancellationToken), read, cancellationToken);

    /// <summary>What the SDK has no type for, or must not read.</summary>
    public Task<StripeAnswer<TFact>> Ask<T, TFact>(
        string path,
        string id,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var whole = $"{path}/{StripeId.Checked(id)}";
        return RunAsync(
            () => Client.RequestAsync<T>(HttpMethod.Get, whole, options: null, Keyless(), cancellationToken),
            read,
            cancellationToken
        );
    }

    /// <param name="key">Of the intent.</param>
    /// <param name="call">The SDK's method.</param>
    /// <exception cref="InvalidOperationException">The key was never given.</exception>
    public Task<StripeAnswer<TFact>> Write<T, TOptions, TFact>(
        IdempotencyKey key,
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<T>> call,
        TOptions options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var keyed = new Sdk.RequestOptions { IdempotencyKey = key.Value };
        return RunAsync(() => call(options, keyed, cancellationToken), read, cancellationToken);
    }

    /// <inheritdoc cref="Write{T, TOptions, TFact}(IdempotencyKey, Func{TOptions, Sdk.RequestOptions, CancellationToken, Task{T}}, TOptions, Func{T, Shape, TFact}, CancellationToken)"/>
    public Task<StripeAnswer<TFact>> Write<T, TOptions, TFact>(
        IdempotencyKey key,
        Func<string, TOptions, Sdk.RequestOptions, CancellationToken, Task<T>> call,
        string id,
        TOptions options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var checkedId = StripeId.Checked(id);
        return Write(key, (its, keyed, token) => call(checkedId, its, keyed, token), options, read, cancellationToken);
    }

    /// <summary>
    /// Takes no key, as Stripe ignores one on DELETE: a second attempt after a lost answer is told that the object is
    /// missing, which then means that it is gone.
    /// </summary>
    public Task<StripeAnswer<TFact>> Delete<T, TFact>(
        string path,
        string id,
        Sdk.BaseOptions? options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var whole = $"{path}/{StripeId.Checked(id)}";
        return RunAsync(
            () => Client.RequestAsync<T>(HttpMethod.Delete, whole, options, Keyless(), cancellationToken),
            read,
            cancellationToken
        );
    }

    /// <summary>All pages of a list, or a refusal; patience is for each page.</summary>
    public async Task<StripeAnswer<IReadOnlyList<TFact>>> ReadAll<T, TOptions, TFact>(
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<Sdk.StripeList<T>>> list,
        TOptions options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions =>
        (await ReadPages(list, options, cancellationToken)).Then<IReadOnlyList<TFact>>(all =>
            [.. all.Select(one => read(one, Shape.Of(one)))]
        );

    /// <summary>One page, for a caller that goes from page to page by itself.</summary>
    /// <param name="after">What the page before said that comes next; null for the first page.</param>
    public async Task<StripeAnswer<StripePage<TFact>>> ReadPage<T, TOptions, TFact>(
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<Sdk.StripeList<T>>> list,
        TOptions options,
        string? after,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions =>
        (await ReadPage(list, options, after, cancellationToken)).Then(page => new StripePage<TFact>(
            [.. page.Data.Select(one => read(one, Shape.Of(one)))],
            page.Next
        ));

    private async Task<StripeAnswer<List<T>>> ReadPages<T, TOptions>(
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<Sdk.StripeList<T>>> list,
        TOptions options,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions
    {
        var all = new List<T>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await ReadPage(list, options, after, cancellationToken);
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

        return new StripeRefusal.ListTooLong(
            $"A list of {typeof(T).Name} has more than {MostPages} pages.",
            RequestId: null
        );
    }

    /// <summary>
    /// The one place that asks a list whether it goes on, and says where. The SDK's own paging ends without a word at an
    /// empty page.
    /// </summary>
    private async Task<StripeAnswer<StripePage<T>>> ReadPage<T, TOptions>(
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<Sdk.StripeList<T>>> list,
        TOptions options,
        string? after,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions
    {
        options.Limit = PageSize;
        options.StartingAfter = after;
        var answer = await TryAsync(() => list(options, Keyless(), cancellationToken));
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        var page = answer.Value;
        Misread.Check(page);
        foreach (var one in page.Data)
        {
            if (await CompleteAsync(one, cancellationToken) is { } unread)
            {
                return unread;
            }
        }

        return (page.HasMore, page.Data) switch
        {
            (false, _) => new StripePage<T>(page.Data, Next: null),
            (true, [.., { Id: { } last }]) => new StripePage<T>(page.Data, last),
            _ => throw new StripeShapeException("$.data", "an empty page of a list that has more"),
        };
    }

    private async Task<StripeAnswer<TFact>> RunAsync<T, TFact>(
        Func<Task<T>> call,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var answer = await TryAsync(call);
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        return await CompleteAsync(answer.Value, cancellationToken) is { } unread
            ? unread
            : read(answer.Value, Shape.Of(answer.Value));
    }

    /// <summary>Reads the lists that the object embeds to their ends, where Stripe sent the first elements only.</summary>
    private async Task<StripeRefusal?> CompleteAsync(Sdk.StripeEntity entity, CancellationToken cancellationToken) =>
        entity switch
        {
            Sdk.Subscription subscription => await CompleteAsync(
                subscription.Items,
                V1.SubscriptionItems.ListAsync,
                new Sdk.SubscriptionItemListOptions { Subscription = subscription.Id },
                cancellationToken
            ) ?? (subscription.LatestInvoice is { } latest ? await CompleteAsync(latest, cancellationToken) : null),
            Sdk.Invoice invoice => await CompleteAsync(
                invoice.Lines,
                (its, request, token) =>
                    V1.Invoices.LineItems.ListAsync(StripeId.Checked(invoice.Id), its, request, token),
                new Sdk.InvoiceLineItemListOptions(),
                cancellationToken
            ),
            _ => null,
        };

    private async Task<StripeRefusal?> CompleteAsync<T, TOptions>(
        Sdk.StripeList<T>? part,
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<Sdk.StripeList<T>>> list,
        TOptions options,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions
    {
        if (part is not { HasMore: true })
        {
            return null;
        }

        var all = await ReadPages(list, options, cancellationToken);
        if (all.Refusal is null)
        {
            (part.Data, part.HasMore) = (all.Value, false);
        }

        return all.Refusal;
    }

    private async Task<StripeAnswer<T>> TryAsync<T>(Func<Task<T>> call)
        where T : Sdk.StripeEntity
    {
        try
        {
            return await call();
        }
        catch (StripeRefusedException away)
        {
            return away.Refusal;
        }
        catch (Sdk.StripeException refused) when (refused.StripeResponse is { } response)
        {
            var reply = new StripeReply(response);
            return reply.IsSuccess
                ? throw Misread.By<T>(response.Content)
                : RefusalReader.Read(reply, machineTime.GetUtcNow(), Client.ApiKey);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // the SDK's word for a number that is out of all bounds
            throw new StripeShapeException("$", $"no {typeof(T).Name}: {cause.GetType().Name}");
        }
    }

    private static Sdk.RequestOptions Keyless() => new();
}

/// <summary>One page of a list, for a caller that goes from page to page by itself.</summary>
/// <param name="Next">The cursor of the next page; null when this was the last.</param>
internal sealed record StripePage<T>(IReadOnlyList<T> Data, string? Next);
