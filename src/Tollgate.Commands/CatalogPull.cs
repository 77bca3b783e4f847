using System.CommandLine;
using Spectre.Console;
using Tollgate.Catalog;
using Tollgate.Commands.Catalogs;
using Tollgate.Http;
using Tollgate.Settings;
using Tollgate.Stripe;

namespace Tollgate.Commands;

/// <summary>
/// <c>catalog pull</c>: a catalog of what an account at Stripe sells. Of all settings it needs the secret key alone,
/// and it writes nothing at Stripe.
/// </summary>
internal static class CatalogPull
{
    private const string Json = "json";
    private const string CSharp = "csharp";

    private static readonly string[] Unknown =
    [
        "meters, and what each plan allows of them",
        "a free plan, and plans that are sold off Stripe",
        "trials, the terms of Checkout, grace, refunds and disputes",
        "what people call who sits on a seat, and how many seats can be bought",
    ];

    public static Command Create(CommandRun run)
    {
        var output = new Option<FileInfo>("--output") { Description = "The file to write.", Required = true };
        var format = new Option<string>("--format")
        {
            Description = "json, to be read by CatalogFile, or csharp.",
            DefaultValueFactory = _ => Json,
        };
        format.AcceptOnlyFromAmong(Json, CSharp);
        var product = new Option<string?>("--product")
        {
            Description = "What the product is called. Default: as the host's catalog calls it.",
        };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var command = new Command("pull", "Write a catalog of what an account at Stripe sells.")
        {
            output,
            format,
            product,
            force,
        };
        return run.DoesAtStripe(
            command,
            async (parsed, cancellationToken) =>
            {
                var file = parsed.GetRequiredValue(output);
                if (file.Exists && !parsed.GetValue(force))
                {
                    return run.Refuse(
                        parsed,
                        new InvalidRequest($"{file.FullName} is there already: type --force to write over it.")
                    );
                }

                using var stripe = StripeClient.Create(
                    StripeEnvironment.ReadKey(run.Get<HostSettings>()),
                    run.Get<TimeProvider>()
                );
                var contents = await StripeContents.ReadAsync(stripe, cancellationToken);
                var host = run.Get<PlanCatalog>();
                var pulled = PullCatalog.Of(contents, parsed.GetValue(product) ?? host.Product, host.Key);
                if (pulled.Catalog.Plans.Count == 0)
                {
                    return run.Refuse(
                        parsed,
                        new InvalidRequest("Stripe has no active product with a price by the month or by the year.")
                    );
                }

                var text =
                    parsed.GetValue(format) == CSharp
                        ? CSharpCatalog.Write(pulled.Catalog)
                        : CatalogFile.Write(pulled.Catalog);
                await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
                return Answer(run, parsed, file, pulled);
            }
        );
    }

    private static int Answer(CommandRun run, ParseResult parsed, FileInfo file, PulledCatalog pulled)
    {
        var faults = pulled.Catalog.FindFaults();
        run.Answer(
            parsed,
            new
            {
                File = file.FullName,
                Plans = pulled.Catalog.Plans.Select(plan => plan.Id),
                pulled.Skipped,
                Faults = faults,
                Unknown,
            },
            terminal =>
            {
                terminal.MarkupLineInterpolated($"{file.FullName}: {pulled.Catalog.Plans.Count} plans");
                Show(terminal, "Left out:", pulled.Skipped.Select(one => $"{one.What} {one.Reason}"));
                Show(terminal, "To be repaired by hand before it is read:", faults);
                Show(terminal, "Stripe does not know, so that it is for you to add:", Unknown);
                terminal.WriteLine("setup --diff with it shows what setup would make or change.");
            }
        );
        return faults.Count == 0 ? HostCommands.Done : HostCommands.Failed;
    }

    private static void Show(IAnsiConsole terminal, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        terminal.WriteLine();
        terminal.WriteLine(title);
        foreach (var line in all)
        {
            terminal.MarkupLineInterpolated($"  {line}");
        }

        terminal.WriteLine();
    }
}
