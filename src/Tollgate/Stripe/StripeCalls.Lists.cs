using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <content>Every result is a whole list, or a page with the cursor of the next one.</content>
internal sealed partial class StripeCalls
{
    private const int PageSize = 100;
    private const int PagesMax = 100;

    /// <summary>All pages of a list, or a refusal; the time limit is for each page.</summary>
    public async Task<StripeAnswer<IReadOnlyList<TFact>>> ReadAll<T, TOptions, TFact>(
        Lists<T, TOptions> list,
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
        Lists<T, TOptions> list,
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
        Lists<T, TOptions> list,
        TOptions options,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions
    {
        var all = new List<T>();
        string? after = null;
        for (var page = 0; page < PagesMax; page++)
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
            $"A list of {typeof(T).Name} has more than {PagesMax} pages.",
            RequestId: null
        );
    }

    /// <summary>
    /// The one place that reads <c>has_more</c> and makes the next cursor. The SDK's own paging ends silently at an
    /// empty page.
    /// </summary>
    private async Task<StripeAnswer<StripePage<T>>> ReadPage<T, TOptions>(
        Lists<T, TOptions> list,
        TOptions options,
        string? after,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.ListOptions
    {
        (options.Limit, options.StartingAfter) = (PageSize, after);
        var answer = await Try(() => list(options, Keyless(), cancellationToken));
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        var page = answer.Value;
        Misread.Check(page);
        foreach (var one in page.Data)
        {
            if (await Complete(one, cancellationToken) is { } unread)
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

    /// <summary>Reads the lists in an object to their ends, where Stripe sent the first elements only.</summary>
    private async Task<StripeRefusal?> Complete(Sdk.StripeEntity entity, CancellationToken cancellationToken) =>
        entity switch
        {
            Sdk.Subscription its => await Complete(
                its.Items,
                V1.SubscriptionItems.ListAsync,
                new Sdk.SubscriptionItemListOptions { Subscription = its.Id },
                cancellationToken
            ) ?? (its.LatestInvoice is { } latest ? await Complete(latest, cancellationToken) : null),
            Sdk.Invoice its => await Complete(
                its.Lines,
                (set, request, token) => V1.Invoices.LineItems.ListAsync(StripeId.Checked(its.Id), set, request, token),
                new Sdk.InvoiceLineItemListOptions(),
                cancellationToken
            ),
            _ => null,
        };

    private async Task<StripeRefusal?> Complete<T, TOptions>(
        Sdk.StripeList<T>? part,
        Lists<T, TOptions> list,
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
}

/// <summary>One page of a list, for a caller that goes from page to page by itself.</summary>
/// <param name="Next">The cursor of the next page; null when this was the last.</param>
internal sealed record StripePage<T>(IReadOnlyList<T> Data, string? Next);
