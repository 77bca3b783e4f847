using Microsoft.Extensions.DependencyInjection;
using Tollgate.Catalog;
using Tollgate.Hosting;
using Tollgate.Settings;

namespace Tollgate.Commands.Checks;

/// <summary>
/// The whole pre-live list, asked of the settings, Stripe, the database and the checkout. What cannot be asked because
/// something before it is missing fails with that reason.
/// </summary>
internal sealed class Doctor(IServiceProvider services)
{
    /// <param name="compareFile">Another environment's settings, which must have no secret in common.</param>
    /// <param name="isDeployed">True once the host serves, and so must answer at its address.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        string? compareFile,
        bool isDeployed,
        CancellationToken cancellationToken
    )
    {
        var configuration = services.GetRequiredService<HostSettings>().Configuration;
        var catalog = services.GetRequiredService<PlanCatalog>();
        var findings = new List<Finding>();
        var sells = services.GetRequiredService<StripeUse>().IsOn;
        findings.AddRange(
            sells
                ? SettingsCheck.Run(configuration, catalog)
                :
                [
                    Finding.Warn(
                        "stripe",
                        "not used: the catalog sells nothing there, or Tollgate__UsesStripe is false"
                    ),
                ]
        );
        if (compareFile is not null)
        {
            findings.AddRange(SettingsCheck.Compare(configuration, catalog, compareFile));
        }

        findings.AddRange(await CheckoutSecretsCheck.RunAsync(Environment.CurrentDirectory, cancellationToken));
        if (sells)
        {
            findings.AddRange(
                findings.TrueForAll(finding => finding.Outcome != FindingOutcome.Fails)
                    ? await ActivatorUtilities.CreateInstance<StripeCheck>(services).RunAsync(cancellationToken)
                    : [Finding.Fails("stripe", "Not asked: the settings come first.")]
            );
        }

        var options = services.GetRequiredService<TollgateOptions>();
        findings.AddRange(await AppCheck.RunAsync(options, sells, isDeployed, cancellationToken));
        findings.Add(await MailCheck.RunAsync(services, cancellationToken));
        var ofDatabase = await ActivatorUtilities.CreateInstance<DatabaseCheck>(services).RunAsync(cancellationToken);
        findings.AddRange(ofDatabase);
        if (
            ofDatabase is not [{ Outcome: FindingOutcome.Fails }]
            && services.GetService<KeyRingInDatabase>() is not null
        )
        {
            findings.Add(await ActivatorUtilities.CreateInstance<KeyRingCheck>(services).RunAsync(cancellationToken));
        }

        findings.AddRange(
            services
                .GetServices<TestEvidence>()
                .Select(evidence => Finding.Warn(evidence.Shows, string.Join(", ", evidence.Tests)))
        );
        return findings;
    }
}

/// <param name="Name">What was checked: <c>price team_monthly</c>.</param>
/// <param name="Detail">What was found, and what to do about it.</param>
internal sealed record Finding(string Name, FindingOutcome Outcome, string Detail)
{
    public static Finding Good(string name, string detail = "") => new(name, FindingOutcome.Good, detail);

    public static Finding Fails(string name, string detail) => new(name, FindingOutcome.Fails, detail);

    public static Finding Warn(string name, string detail) => new(name, FindingOutcome.Warn, detail);

    public static Finding Of(string name, bool isGood, string otherwise) =>
        isGood ? Good(name) : Fails(name, otherwise);
}

/// <summary>How a finding is to be taken.</summary>
internal enum FindingOutcome
{
    Good,

    /// <summary>For a person to check; it does not fail the check.</summary>
    Warn,
    Fails,
}
