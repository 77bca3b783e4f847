using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Tollgate.Catalog;
using Tollgate.Settings;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Commands;

/// <summary>
/// <c>setup</c>: products, prices, features, portals and the webhook endpoint at Stripe, as often as one likes. It
/// shows what it would do, and does it on request. Of all settings it needs the secret key alone.
/// </summary>
internal sealed class SetupCommand : IHostCommand
{
    private static readonly string[] ByHand =
    [
        "A Stripe account of this product's own, activated for live payments.",
        "Stripe > Settings > Customer emails: \"Successful payments\" and \"Failed payments\" on.",
        "Stripe > Settings > Billing > Subscriptions and emails: Smart Retries on, cancel after the last retry.",
    ];

    private static IEnumerable<string> StepsByHand(PlanCatalog catalog, Uri? address) =>
        [
            .. ByHand,
            .. catalog.Checkout.AutomaticTax == AutomaticTax.Off
                ? []
                : (string[])["Stripe > Tax: active, with the address of the business and its registrations."],
            .. address is null
                ? (string[])
                    ["The webhook endpoint: setup --yes again with Tollgate__ApiUrl set, or with --webhook-url."]
                : [],
        ];

    public Command Create(CommandRun run)
    {
        var url = OperatorOptions.Address(
            "--webhook-url",
            "Where Stripe delivers events. Default: the app's address and the path of its endpoint."
        );
        var yes = new Option<bool>("--yes") { Description = "Do it; without this it only says what it would do." };
        var roll = new Option<bool>("--roll-secret")
        {
            Description = "Make the webhook endpoint anew, because its secret is lost or leaked.",
        };
        var diff = new Option<bool>("--diff")
        {
            Description = "Only show what Stripe has and the catalog says otherwise; fail when there is something.",
        };
        var command = new Command("setup", "Make at Stripe what the catalog needs. Twice is the same as once.")
        {
            url,
            yes,
            roll,
            diff,
        };
        command.Validators.Add(typed =>
        {
            if (typed.GetValue(diff) && typed.GetValue(yes))
            {
                typed.AddError("--diff changes nothing: leave --yes out.");
            }
        });
        return run.DoesAtStripe(
            command,
            async (parsed, cancellationToken) =>
            {
                var catalog = run.Get<PlanCatalog>();
                var settings = StripeEnvironment.ReadKey(run.Get<HostSettings>());
                using var stripe = StripeClient.Create(settings, run.Get<TimeProvider>());
                var address = parsed.GetValue(url) ?? FindAddress(run);
                var published = await new PublishCatalog(stripe, catalog).RunAsync(
                    new PublishWish(address, EventRoutes.TypesFor(catalog))
                    {
                        IsPlanOnly = !parsed.GetValue(yes),
                        IsSecretKnown = !parsed.GetValue(roll),
                    },
                    cancellationToken
                );
                if (parsed.GetValue(diff))
                {
                    return AnswerDifference(run, parsed, published);
                }

                var lines = Settings(catalog, published).ToList();
                var byHand = StepsByHand(catalog, address).ToList();
                run.Answer(
                    parsed,
                    new
                    {
                        published.Steps,
                        Settings = lines,
                        ByHand = byHand,
                    },
                    terminal => Show(terminal, published, lines, byHand, isPlanOnly: !parsed.GetValue(yes))
                );
                return HostCommands.Done;
            }
        );
    }

    private static int AnswerDifference(CommandRun run, ParseResult parsed, PublishedCatalog published)
    {
        var different = published.Steps.Where(step => step.Outcome != PublishOutcome.Found).ToList();
        run.Answer(parsed, new { Different = different }, terminal => SetupDiff.Show(terminal, different));
        return different.Count == 0 ? HostCommands.Done : HostCommands.Failed;
    }

    // in Production nothing is delivered to what is only a default
    private static Uri? FindAddress(CommandRun run)
    {
        var host = run.Get<HostSettings>();
        var options = run.Get<TollgateOptions>();
        return host.Environment.IsProduction() && !options.HasApiUrl ? null : options.WebhookUrl;
    }

    private static IEnumerable<string> Settings(PlanCatalog catalog, PublishedCatalog published)
    {
        foreach (var price in catalog.Plans.SelectMany(plan => plan.Prices))
        {
            if (published.PriceIds.ContainsKey(price.Alias))
            {
                yield return $"{StripeEnvironment.PriceSetting(price)}={published.PriceSetting(price.Alias)}";
            }
        }

        if (published.PortalConfigurationId is { } portal)
        {
            yield return $"{StripeEnvironment.PortalConfiguration}={portal}";
        }

        if (published.WebhookSecret is { } secret)
        {
            yield return $"{StripeEnvironment.WebhookSecret}={secret}";
        }
    }

    private static void Show(
        IAnsiConsole terminal,
        PublishedCatalog published,
        IReadOnlyList<string> settings,
        IEnumerable<string> byHand,
        bool isPlanOnly
    )
    {
        foreach (var step in published.Steps)
        {
            terminal.MarkupLineInterpolated($"{Word(step.Outcome), -12} {step.What}");
        }

        terminal.WriteLine();
        if (isPlanOnly)
        {
            terminal.WriteLine(
                published.Steps.All(step => step.Outcome == PublishOutcome.Found)
                    ? "Everything is there."
                    : "Nothing was changed. Add --yes to do it."
            );
        }

        foreach (var line in settings)
        {
            terminal.WriteLine(line);
        }

        terminal.WriteLine();
        terminal.WriteLine("By hand:");
        foreach (var step in byHand)
        {
            terminal.MarkupLineInterpolated($"  {step}");
        }
    }

    private static string Word(PublishOutcome outcome) =>
        outcome switch
        {
            PublishOutcome.Found => "found",
            PublishOutcome.Made => "made",
            PublishOutcome.Changed => "changed",
            PublishOutcome.WouldMake => "would make",
            _ => "would change",
        };
}
