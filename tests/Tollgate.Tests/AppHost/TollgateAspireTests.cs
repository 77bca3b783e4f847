using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Tollgate.Aspire;

namespace Tollgate.Tests.AppHost;

/// <summary>What an Aspire app host makes of a host that bills, without an orchestrator to run it.</summary>
public sealed class TollgateAspireTests
{
    [Fact]
    public async Task A_published_host_has_its_database_its_address_and_the_secrets_of_Stripe_by_reference()
    {
        var builder = Builder(publishes: true);
        var host = Add(builder).WithStripe("team_monthly", "team_annual");

        var variables = await VariablesAsync(host.Resource);

        Assert.Equal(
            [
                ("ConnectionStrings__Tollgate", "{app-db.connectionString}"),
                ("STRIPE_PORTAL_CONFIG_ID", "{stripe-portal-config-id.value}"),
                ("STRIPE_PUBLISHABLE_KEY", "{stripe-publishable-key.value}"),
                ("STRIPE_SECRET_KEY", "{stripe-secret-key.value}"),
                ("STRIPE_TEAM_ANNUAL_PRICE_ID", "{stripe-team-annual-price-id.value}"),
                ("STRIPE_TEAM_MONTHLY_PRICE_ID", "{stripe-team-monthly-price-id.value}"),
                ("STRIPE_WEBHOOK_SECRET", "{stripe-webhook-secret.value}"),
                ("Tollgate__AppUrl", "{hydra-app-url.value}"),
                ("Tollgate__MigrateAtStart", "false"),
            ],
            variables
        );
        Assert.Equal(
            ["stripe-portal-config-id", "stripe-publishable-key", "stripe-secret-key", "stripe-webhook-secret"],
            builder.Resources.OfType<ParameterResource>().Where(one => one.Secret).Select(one => one.Name).Order()
        );
    }

    [Fact]
    public async Task A_job_migrates_before_any_node_serves()
    {
        var builder = Builder(publishes: false);
        var host = Add(builder);
        var migrate = builder.Resources.OfType<ProjectResource>().Single(one => one.Name == "hydra-migrate");

        var words = new List<object>();
        foreach (var callback in migrate.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(new CommandLineArgsCallbackContext(words, migrate));
        }

        Assert.Equal(["migrate", "up"], words);
        Assert.Contains(
            host.Resource.Annotations.OfType<WaitAnnotation>(),
            wait => wait.Resource == migrate && wait.WaitType == WaitType.WaitForCompletion
        );
        Assert.Contains(("ConnectionStrings__Tollgate", "{app-db.connectionString}"), await VariablesAsync(migrate));
    }

    [Fact]
    public async Task While_the_app_host_runs_nothing_of_Stripe_is_asked_for_and_the_address_is_that_before_the_host()
    {
        var builder = Builder(publishes: false);
        var host = Add(builder).WithStripe("team_monthly");

        Assert.Empty(builder.Resources.OfType<ParameterResource>());
        var names = await VariablesAsync(host.Resource);
        Assert.DoesNotContain(names, one => one.Name.StartsWith("STRIPE_", StringComparison.Ordinal));
        Assert.Contains(("Tollgate__AppUrl", "{hydra.bindings.http.url}"), names);
        Assert.Single(host.Resource.Annotations.OfType<HealthCheckAnnotation>());
    }

    private static IDistributedApplicationBuilder Builder(bool publishes) =>
        DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args = publishes ? ["--operation", "publish", "--publisher", "manifest"] : [],
                DisableDashboard = true,
            }
        );

    private static IResourceBuilder<ProjectResource> Add(IDistributedApplicationBuilder builder) =>
        builder.AddTollgate<HydraProject>("hydra", builder.AddConnectionString("app-db", _ => { }));

    private static async Task<(string Name, string Value)[]> VariablesAsync(IResource resource)
    {
        var context = new EnvironmentCallbackContext(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish),
            resource,
            []
        );
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return
        [
            .. context
                .EnvironmentVariables.Where(one =>
                    one.Key.StartsWith("STRIPE_", StringComparison.Ordinal)
                    || one.Key.StartsWith("Tollgate__", StringComparison.Ordinal)
                    || one.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal)
                )
                .Select(one => (one.Key, (one.Value as IManifestExpressionProvider)?.ValueExpression ?? $"{one.Value}"))
                .OrderBy(one => one.Key, StringComparer.Ordinal),
        ];
    }

    private sealed class HydraProject : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Conventions.SourceTree.Root, "hosts", "Hydra", "Hydra.csproj");
    }
}
