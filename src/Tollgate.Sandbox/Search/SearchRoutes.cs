using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Invoices;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Search.SearchField;

namespace Tollgate.Sandbox.Search;

/// <summary><c>GET /v1/customers/search</c> and its like: newest first, and never behind what was written.</summary>
internal static class SearchRoutes
{
    private const int DefaultLimit = 10;

    public static readonly Route[] All =
    [
        Of("charges", "charge", [Number("amount"), Number("created"), .. Tokens("currency", "customer", "status")]),
        Of("customers", "customer", [Number("created"), Text("email"), Text("name"), Text("phone")]),
        Of(
            "invoices",
            "invoice",
            [
                Number("created"),
                Number("total"),
                Text("number"),
                new SearchField("subscription", ":", static invoice => InvoiceDocument.SubscriptionOf(invoice)),
                .. Tokens("currency", "customer", "status"),
            ]
        ),
        Of(
            "payment_intents",
            "payment_intent",
            [Number("amount"), Number("created"), .. Tokens("currency", "customer", "status")]
        ),
        Of("prices", "price", Tokens("active", "currency", "lookup_key", "product", "type")),
        Of("products", "product", [Text("description"), Text("name"), Text("url"), .. Tokens("active", "shippable")]),
        Of("subscriptions", "subscription", [Number("canceled_at"), Number("created"), Token("status")]),
    ];

    private static SearchField[] Tokens(params string[] names) => [.. names.Select(Token)];

    private static Route Of(string resource, string kind, SearchField[] fields) =>
        Route.Get(
            $"/v1/{resource}/search",
            call => Run(call, resource, kind, fields),
            Param.Text(SearchQuery.Name).Required(),
            Param.Int("limit", min: 1, max: 100),
            Param.Text("page")
        );

    private static Answer Run(Call call, string resource, string kind, SearchField[] fields)
    {
        var (tx, input) = (call.Tx, call.Input);
        var query = SearchQuery.Parse(input.Text(SearchQuery.Name));
        var conditions = query.Clauses.Select(clause => Condition(clause, resource, fields)).ToList();
        var limit = (int)(input.IntOrNull("limit") ?? DefaultLimit);
        var page = input.TextOrNull("page");
        if (page is not null && tx.Find(kind, page) is null)
        {
            throw StripeException.Invalid($"Invalid page: {page}", "page");
        }

        var found = tx.NewestFirst(kind, by: null, page)
            .Where(document => !document.Flag("deleted") && IsFound(document))
            .Take(limit + 1)
            .ToList();
        var hasMore = found.Count > limit;
        return Answer.Ok(
            new JsonObject
            {
                ["object"] = "search_result",
                ["data"] = found.Take(limit).Select(document => document.Copy()).ToJson(),
                ["has_more"] = hasMore,
                ["next_page"] = hasMore ? found[limit - 1].Id() : null,
                ["url"] = call.Path,
            }
        );

        bool IsFound(JsonObject document) =>
            query.IsAnyEnough
                ? conditions.Exists(condition => condition(document))
                : conditions.TrueForAll(condition => condition(document));
    }

    private static Func<JsonObject, bool> Condition(SearchClause clause, string resource, SearchField[] fields)
    {
        var field =
            clause is { Field: "metadata", Key: { } key } ? Metadata(key)
            : clause.Key is null ? Array.Find(fields, field => field.Name == clause.Field)
            : null;
        if (field is null)
        {
            throw StripeException.Invalid(
                $"Field `{clause.Field}` is an unsupported search field for resource `{resource}`. See "
                    + $"http://stripe.com/docs/search#query-fields-for-{resource.Replace('_', '-')} for a list of "
                    + "supported fields.",
                SearchQuery.Name
            );
        }

        field.Require(clause);
        return document => field.Matches(document, clause);
    }
}
