using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>Stripe's lists: cursors both ways, <c>has_more</c> and the list's own URL.</summary>
internal static class ListPage
{
    private const int DefaultLimit = 10;

    /// <summary>
    /// One page of a kind, newest first. Goes through no more than it must: from the cursor on, and of the documents
    /// that an index finds by the narrowest of the filters.
    /// </summary>
    /// <param name="by">What all documents of the list have, besides what the filter asks for.</param>
    public static Answer Of(Call call, string kind, Func<JsonObject, bool>? filter = null, IndexKey? by = null)
    {
        var (tx, input) = (call.Tx, call.Input);
        var limit = (int)(input.IntOrNull("limit") ?? DefaultLimit);
        var narrowest = Narrowest(tx, input, kind, by);
        var before = Cursor(tx, input, kind, "ending_before", IsListed);
        var walked = before is null
            ? tx.NewestFirst(kind, narrowest, Cursor(tx, input, kind, "starting_after", IsListed))
            : tx.OldestFirst(kind, narrowest, before);
        var found = walked.Where(IsListed).Take(limit + 1).ToList();
        var page = found.Take(limit).Select(document => document.Copy()).ToList();
        if (before is not null)
        {
            page.Reverse();
        }

        return Answer.Ok(Embedded(page, call.Path, found.Count > limit));

        bool IsListed(JsonObject document) =>
            !document.Flag("deleted")
            && (by is null || tx.Kinds.Has(document, by))
            && (filter is null || filter(document));
    }

    /// <summary>One page of documents that stand in the order of the list.</summary>
    public static Answer From(Call call, IEnumerable<JsonObject> ordered, string kind) =>
        Answer.Ok(Page(call.Input, ordered, kind, call.Path));

    /// <summary>An embedded list, e.g. the first ten lines of an invoice.</summary>
    public static JsonObject Embedded(IEnumerable<JsonObject> data, string url, bool hasMore = false) =>
        new()
        {
            ["object"] = "list",
            ["data"] = data.ToJson(),
            ["has_more"] = hasMore,
            ["url"] = url,
        };

    public static bool InRange(JsonObject document, JsonObject input, string name)
    {
        if (input[name] is not JsonObject range)
        {
            return true;
        }

        var value = document.Int(name);
        return (range.IntOrNull("gt") is not { } gt || value > gt)
            && (range.IntOrNull("gte") is not { } gte || value >= gte)
            && (range.IntOrNull("lt") is not { } lt || value < lt)
            && (range.IntOrNull("lte") is not { } lte || value <= lte);
    }

    private static IndexKey? Narrowest(Transaction tx, JsonObject input, string kind, IndexKey? by) =>
        tx
            .Kinds.IndexesOf(kind)
            .Where(member => input.TextOrNull(member.Name) is not null)
            .Select(member => new IndexKey(member.Name, input.Text(member.Name)))
            .Concat(by is null ? [] : [by])
            .MinBy(key => tx.Count(kind, key));

    private static string? Cursor(
        Transaction tx,
        JsonObject input,
        string kind,
        string name,
        Func<JsonObject, bool> isListed
    )
    {
        if (input.TextOrNull("starting_after") is not null && input.TextOrNull("ending_before") is not null)
        {
            throw StripeException.Invalid("You cannot parameterize both `starting_after` and `ending_before`.");
        }

        return input.TextOrNull(name) is not { } id ? null
            : tx.Find(kind, id) is { } document && isListed(document) ? id
            : throw StripeException.NoSuch(kind, id, name);
    }

    private static JsonObject Page(JsonObject input, IEnumerable<JsonObject> ordered, string kind, string url)
    {
        var limit = (int)(input.IntOrNull("limit") ?? DefaultLimit);
        var after = input.TextOrNull("starting_after");
        var before = input.TextOrNull("ending_before");
        if (after is not null && before is not null)
        {
            throw StripeException.Invalid("You cannot parameterize both `starting_after` and `ending_before`.");
        }

        if (before is not null)
        {
            var preceding = new List<JsonObject>();
            var found = false;
            foreach (var document in ordered)
            {
                if (document.Id() == before)
                {
                    found = true;
                    break;
                }

                preceding.Add(document);
            }

            return !found
                ? throw StripeException.NoSuch(kind, before, "ending_before")
                : Embedded(
                    preceding.Skip(preceding.Count - limit).Select(document => document.Copy()),
                    url,
                    preceding.Count > limit
                );
        }

        var rest = after is null ? ordered : After(ordered, after, kind);
        var page = rest.Take(limit + 1).ToList();
        return Embedded(page.Take(limit).Select(document => document.Copy()), url, page.Count > limit);
    }

    private static IEnumerable<JsonObject> After(IEnumerable<JsonObject> ordered, string id, string kind)
    {
        var found = false;
        foreach (var document in ordered)
        {
            if (found)
            {
                yield return document;
            }

            found = found || document.Id() == id;
        }

        if (!found)
        {
            throw StripeException.NoSuch(kind, id, "starting_after");
        }
    }
}
