using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Tollgate.Catalog;

namespace Tollgate.Commands.Catalogs;

/// <summary>A catalog as a class in C#, with what Stripe knows of one. Pure.</summary>
internal static class CSharpCatalog
{
    /// <param name="catalog">One that was pulled: no meters, limits, trials or terms.</param>
    public static string Write(PlanCatalog catalog)
    {
        var name = new Constant(catalog.Key, catalog.Product).Pascal;
        var text = new StringBuilder(
            $$"""
            using Tollgate;
            using Tollgate.Catalog;

            namespace {{name}};

            /// <summary>What is sold, as Stripe has it.</summary>
            internal static class {{name}}Plans
            {
                public static PlanCatalog Catalog { get; } =
                    new(
                        product: {{Quoted(catalog.Product)}},
                        plans:
                        [

            """
        );
        foreach (var plan in catalog.Plans)
        {
            text.Append(Of(plan));
        }

        var (least, most) = catalog.Seats;
        text.Append(
            $$"""
                        ],
                        meters: [],
                        features: {{List(catalog.Features)}}
                    )
                    {
                        Key = {{Quoted(catalog.Key)}},
                        FeaturePrefix = {{Quoted(catalog.FeaturePrefix)}},
                        Seats = ({{Digits(least)}}, {{Digits(most)}}),
                        UpgradeNeedsMoney = {{(catalog.UpgradeNeedsMoney ? "true" : "false")}},
                    };
            }

            """
        );
        return text.ToString();
    }

    private static string Of(Plan plan)
    {
        var prices = string.Concat(plan.Prices.Select(Of));
        return $$"""
                            new Plan({{Quoted(plan.Id)}}, {{Quoted(plan.Name)}})
                            {
                                Prices =
                                [
            {{prices}}                    ],
                                Features = {{List(plan.Features)}},
                                Highlights = {{List(plan.Highlights)}},
                            },

            """;
    }

    private static string Of(PlanPrice price) =>
        $$"""
                                new PlanPrice({{Quoted(price.Alias)}}, BillingInterval.{{price.Interval}}, {{Of(
                price.UnitAmount
            )}})
                                {
                                    Also = [{{string.Join(", ", price.Also.Select(Of))}}],
                                    Former = {{List(price.Former)}},
                                },

            """;

    private static string Of(Money money) => $"new Money({Digits(money.AmountMinor)}, {Quoted(money.Currency)})";

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> all) => $"[{string.Join(", ", all.Select(Quoted))}]";

    // the escapes of JSON are escapes of C#, too
    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
