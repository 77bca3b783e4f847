using System.Text.RegularExpressions;
using Tollgate.Catalog;
using Tollgate.Hosting;

namespace Tollgate.Tests.Catalog;

/// <summary>A catalog may be a file, and whatever is wrong with the file is said at once, with line and path.</summary>
public sealed class CatalogFileTests
{
    [Fact]
    public void A_small_file_is_a_catalog_with_the_defaults_of_one_in_code()
    {
        var read = SomeFile.Read(SomeFile.Small);
        var code = new PlanCatalog(
            "Some App",
            [
                new Plan("free", "Free"),
                new Plan("pro", "Pro")
                {
                    Prices = [new PlanPrice("pro_monthly", BillingInterval.Month, Money.Usd(20_00))],
                    Features = ["speed"],
                },
            ],
            [],
            ["speed"]
        );

        Assert.Equal(Every.MemberOf(code), Every.MemberOf(read));
        Assert.Equal(("some_app", "some_app_"), (read.Key, read.FeaturePrefix));
    }

    [Fact]
    public void A_meter_is_called_by_its_id_and_counts_by_the_calendar_month_unless_it_is_said()
    {
        var meters = SomeFile
            .Read(
                SomeFile.Small.Replace(
                    "\"plans\"",
                    """
                    "meters": [
                      { "id": "doc_run", "name": "Doc runs" },
                      { "id": "fix", "name": "Fixes", "status_name": "fixes", "window_group": "tier", "window": "36h" }
                    ],
                    "plans"
                    """,
                    StringComparison.Ordinal
                )
            )
            .Meters;

        Assert.Equal(
            new Meter("doc_run", "Doc runs", "doc_run", "doc_run", WindowLength.CalendarMonth)
            {
                Noun = meters[0].Noun,
            },
            meters[0]
        );
        Assert.Equal(("doc run", "doc runs"), (meters[0].Noun.One, meters[0].Noun.Many));
        Assert.Equal(
            new Meter("fix", "Fixes", "fixes", "tier", TimeSpan.FromHours(36)) { Noun = meters[1].Noun },
            meters[1]
        );
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        var text = "// what is sold\n" + SomeFile.Small.Replace("\"speed\"]", "\"speed\", /* later */],");

        Assert.Equal(["speed"], SomeFile.Read(text).Features);
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_catalog()
    {
        var document = File.ReadAllText(Path.Combine(Conventions.SourceTree.Root, "docs/reference/catalog.md"));
        var example = Regex.Match(
            document,
            "```jsonc?\n(?<text>.*?)```",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
        var catalog = SomeFile.Read(example.Groups["text"].Value);

        Assert.Equal(["starter", "pro", "enterprise"], catalog.Plans.Select(plan => plan.Id));
        Assert.Equal(["usd", "eur"], catalog.Currencies);
    }

    [Fact]
    public void All_that_the_schema_refuses_and_all_that_contradicts_itself_is_said_at_once_with_its_line()
    {
        Assert.Equal(
            [
                "plans.json(3): sets: is no member here. There are $schema, product, key, feature_prefix, plans, "
                    + "meters, features, seats, seat_holder, meter_member, add_ons, checkout, refunds_and_disputes, "
                    + "billing_mode, upgrade_needs_money, ignores_other_subscriptions, grace, after_grace.",
                "plans.json(11): plans[1].prices[0].alias: is not right. A name in snake case.",
                "plans.json(13): plans[1].prices[0].unit_amount: is less than 0.",
                "plans.json(16): plans[1].trial.days: is less than 1.",
                "plans.json(17): plans[1].limits.walk: Plan pro limits walk, which is not a declared meter.",
                "plans.json(20): meters[1].status_name: Status name runs is declared twice.",
            ],
            SomeFile.Faults(
                """
                {
                  "product": "Some App",
                  "sets": { "least": 1 },
                  "plans": [
                    { "id": "free", "name": "Free" },
                    {
                      "id": "pro",
                      "name": "Pro",
                      "prices": [
                        {
                          "alias": "Pro monthly",
                          "interval": "month",
                          "unit_amount": -1, "currency": "usd"
                        }
                      ],
                      "trial": { "days": 0 },
                      "limits": { "walk": 1 }
                    }
                  ], "meters": [{ "id": "run", "name": "Runs", "status_name": "runs" },
                    { "id": "runs", "name": "Runs" }]
                }
                """
            )
        );
    }

    [Theory]
    [InlineData("\"id\": \"pro\",", "", "(5): plans[1].id: is missing.")]
    [InlineData("2000", "20.5", "(8): plans[1].prices[0].unit_amount: is no whole number.")]
    [InlineData("2000", "\"2000\"", "(8): plans[1].prices[0].unit_amount: is no whole number.")]
    [InlineData("2000", "null", "(8): plans[1].prices[0].unit_amount: is no whole number.")]
    [InlineData("2000", "1000000000000", "(8): plans[1].prices[0].unit_amount: is more than 999999999999.")]
    [InlineData("2000", "1e400", "(8): Input string '1e400' is not a valid decimal.")]
    [InlineData("2000", "-99999999999999999999", "(8): plans[1].prices[0].unit_amount: is less than 0.")]
    [InlineData("\"Pro\"", "99999999999999999999", "(7): plans[1].name: is no text.")]
    [InlineData("2000", "99999999999999999999", "(8): plans[1].prices[0].unit_amount: is more than 999999999999.")]
    [InlineData("\"month\"", "\"week\"", "(8): plans[1].prices[0].interval: is none of month, year.")]
    [InlineData("\"Pro\"", "7", "(7): plans[1].name: is no text.")]
    [InlineData("\"Pro\"", "\"\"", "(7): plans[1].name: is empty.")]
    [InlineData("\"Pro\"", "\"Pro\\n\"", "(7): plans[1].name: has a line break or another control character.")]
    [InlineData("\"pro\"", "\"pro\\n\"", "(6): plans[1].id: has a line break or another control character.")]
    [InlineData("[\"speed\"]", "\"speed\"", "(9): plans[1].features: is no list.")]
    [InlineData(
        "\"usd\"",
        "\"xyz\"",
        "(8): plans[1].prices[0].currency: Price pro_monthly is in xyz, which is no "
            + "currency of Stripe's, in lower case."
    )]
    [InlineData("[\"speed\"]", "[], \"limits\": { \"run\": -1.5 }", "(9): plans[1].limits.run: is no whole number.")]
    [InlineData("[\"speed\"]", "[], \"off_stripe\": \"yes\"", "(9): plans[1].off_stripe: is neither true nor false.")]
    [InlineData("\"Some App\"", "\"Some App\", \"seats\": 5", "(2): seats: is no object.")]
    [InlineData("\"Some App\"", "\"Some App\", \"seats\": { \"most\": 0 }", "(2): seats.most: is less than 1.")]
    [InlineData(
        "\"Some App\"",
        "\"Some App\", \"grace\": \"a week\"",
        "(2): grace: is not right. A whole number of " + "days, hours, minutes or seconds: 30d, 24h, 90m, 10s."
    )]
    [InlineData("\"Some App\"", "\"1 App\"", "(1): key: The product's key 1_app is not in snake case.")]
    public void What_is_wrong_is_one_line(string right, string wrong, string fault) =>
        Assert.Equal(
            [SomeFile.Name + fault],
            SomeFile.Faults(SomeFile.Small.Replace(right, wrong, StringComparison.Ordinal))
        );

    [Theory]
    [InlineData("", "plans.json(1): ")]
    [InlineData("[]", "plans.json(1): is no object.")]
    [InlineData("{\n  \"product\": \"Some App\",\n  plans: []\n}", "plans.json(3): 'p' is an invalid start")]
    [InlineData("{\n  \"product\": 'Some App'\n}", "plans.json(2): ''' is an invalid start of a value.")]
    [InlineData("{\n  \"product\": \"a\",\n  \"product\": \"b\"\n}", "plans.json(3): Property with the name 'product'")]
    public void Text_that_is_no_JSON_is_one_line(string text, string fault) =>
        Assert.StartsWith(fault, Assert.Single(SomeFile.Faults(text)));

    [Fact]
    public void A_file_that_is_not_there_or_is_no_text_is_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("catalog-");
        try
        {
            var missing = Path.Combine(folder.FullName, "none", "plans.json");
            var binary = Path.Combine(folder.FullName, "binary.json");
            File.WriteAllBytes(binary, [0x7b, 0xff, 0x7d]);

            Assert.Equal($"{missing}: There is no such file; it is to hold the catalog.", Said(missing));
            Assert.Equal($"{binary}: The file is not text in UTF-8.", Said(binary));
            Assert.StartsWith($"{folder.FullName}: The file cannot be read: ", Said(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_file_that_a_static_member_reads_is_said_whole()
    {
        var two = new StartupException("plans.json(1): is wrong.\nplans.json(2): is wrong.");

        Assert.Equal(two.Message, StartupFailure.Line(new TypeInitializationException("Some.Plans", two)));
    }

    private static string Said(string path)
    {
        var stopped = Assert.Throws<StartupException>(() => CatalogFile.Read(path));
        Assert.DoesNotContain('\n', stopped.Message);
        return stopped.Message;
    }
}
