using System.Reflection;
using System.Text.Json.Nodes;
using Tollgate.Stripe;
using Tollgate.Tests.Conventions;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>A list is read to its end or refused: a partial one would pass for the whole.</summary>
public sealed class WholeListTests
{
    private const int LongestMs = 20_000;

    // the page that is asked for, and the list that an object embeds
    private static readonly string[] MayAsk =
    [
        "src/Tollgate/Stripe/Shape.cs",
        "src/Tollgate/Stripe/StripeCalls.Lists.cs",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_part_of_a_list_is_no_fact()
    {
        var partial = Sdk.StripeEntity.FromJson<Sdk.Invoice>(
            Samples.Text(Samples.With(Samples.Invoice, "lines.has_more", true))
        );

        Assert.Throws<StripeShapeException>(() => StripeInvoice.Of(partial, Shape.Of(partial)));
    }

    [Fact(Timeout = LongestMs)]
    public async Task A_subscription_comes_with_all_its_items_and_its_invoice_with_all_its_lines()
    {
        await using var server = await ScriptedServer.Start(Token);
        var item = JsonNode.Parse(Samples.Subscription)!["items"]!["data"]![0]!.ToJsonString();
        var second = item.Replace("si_1", "si_2", StringComparison.Ordinal);
        var partial = Samples.Text(Samples.With(Samples.Subscription, "items.has_more", true));
        partial = Samples.Text(Samples.With(partial, "latest_invoice.lines.has_more", true));
        server
            .Answers(200, partial)
            .Answers(200, Samples.List(hasMore: false, item, second))
            .Answers(200, Samples.List(hasMore: false, Samples.ProrationLine, Samples.Line));
        using var client = SomeStripe.Client(server);

        var subscription = (await client.GetSubscription("sub_1", Token)).OrThrow();

        Assert.Equal(["si_1", "si_2"], subscription.Items.Select(one => one.Id));
        Assert.Equal(["il_2", "il_1"], subscription.LatestInvoice!.Lines.Select(line => line.Id));
        await server.Next(Token);
        Assert.Equal("/v1/subscription_items?subscription=sub_1&limit=100", (await server.Next(Token)).Target);
        Assert.Equal("/v1/invoices/in_1/lines?limit=100", (await server.Next(Token)).Target);
    }

    [Fact]
    public void Nothing_that_leaves_the_boundary_is_a_part_of_a_list()
    {
        var parts =
            from type in typeof(StripeClient).Assembly.GetTypes()
            where type.Namespace == typeof(StripeClient).Namespace
            from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where member.Name.Contains("HasMore", StringComparison.Ordinal) || IsPage(member.PropertyType)
            select $"{type.Name}.{member.Name}";
        Assert.Empty(parts);
    }

    [Fact]
    public void Only_the_client_asks_whether_a_list_goes_on() =>
        SourceTree.Holds(
            file => file.Text.Contains("HasMore", StringComparison.Ordinal) ? [$"{file.Path}: HasMore"] : [],
            file => file.Path.StartsWith("src/Tollgate/", StringComparison.Ordinal) && !MayAsk.Contains(file.Path)
        );

    private static bool IsPage(Type type) =>
        type.IsGenericType && type.Name.StartsWith("StripePage", StringComparison.Ordinal);
}
