using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Tollgate.Aspire;

/// <summary>Hosts that bill with Tollgate, in an Aspire app host.</summary>
public static class TollgateAspire
{
    private const string ConnectionName = "Tollgate";

    private static readonly (string Parameter, string Variable)[] StripeSecrets =
    [
        ("stripe-secret-key", "STRIPE_SECRET_KEY"),
        ("stripe-publishable-key", "STRIPE_PUBLISHABLE_KEY"),
        ("stripe-webhook-secret", "STRIPE_WEBHOOK_SECRET"),
        ("stripe-portal-config-id", "STRIPE_PORTAL_CONFIG_ID"),
    ];

    /// <summary>
    /// Adds a host on the database, and before it a job that migrates (<c>NAME-migrate</c>, the host's own
    /// <c>migrate up</c>), so that no node changes tables. The host is ready when its <c>/health/ready</c> says so.
    /// </summary>
    /// <remarks>
    /// While the app host runs, the host is in Development: its Stripe is the Sandbox in its own process. When it is
    /// published, its public address is the parameter <c>NAME-app-url</c>; <see cref="WithStripe"/> adds the secrets of
    /// the account.
    /// </remarks>
    /// <param name="name">Of the resource: <c>billing</c>.</param>
    /// <param name="database">On PostgreSQL: <c>builder.AddPostgres("postgres").AddDatabase("app")</c>.</param>
    /// <returns>The host's project.</returns>
    public static IResourceBuilder<ProjectResource> AddTollgate<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<IResourceWithConnectionString> database
    )
        where TProject : IProjectMetadata, new()
    {
        var migrate = builder
            .AddProject<TProject>($"{name}-migrate", options => options.ExcludeKestrelEndpoints = true)
            .WithArgs("migrate", "up")
            .WithReference(database, ConnectionName)
            .WaitFor(database);
        var host = builder
            .AddProject<TProject>(name)
            .WithReference(database, ConnectionName)
            .WaitFor(database)
            .WaitForCompletion(migrate)
            .WithEnvironment("Tollgate__MigrateAtStart", "false");
        if (!host.Resource.TryGetEndpoints(out _))
        {
            host.WithHttpEndpoint();
        }

        host.WithExternalHttpEndpoints().WithHttpHealthCheck("/health/ready");
        foreach (var project in (IResourceBuilder<ProjectResource>[])[migrate, host])
        {
            WithAddress(project, name, host);
        }

        return host;
    }

    /// <summary>
    /// Gives a published host what it needs of the account at Stripe, as parameters: <c>stripe-secret-key</c>,
    /// <c>stripe-publishable-key</c>, <c>stripe-webhook-secret</c>, <c>stripe-portal-config-id</c>, and for each price
    /// its id, <c>stripe-team-monthly-price-id</c>. The host's command <c>setup --yes</c> prints their values. While
    /// the app host runs nothing of it is asked for.
    /// </summary>
    /// <param name="host">What <see cref="AddTollgate{TProject}"/> added.</param>
    /// <param name="priceAliases">Of all prices of the catalog: <c>team_monthly</c>.</param>
    public static IResourceBuilder<ProjectResource> WithStripe(
        this IResourceBuilder<ProjectResource> host,
        params IReadOnlyList<string> priceAliases
    )
    {
        if (host.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return host;
        }

        foreach (var (parameter, variable) in StripeSecrets)
        {
            host.WithEnvironment(variable, host.ApplicationBuilder.AddParameter(parameter, secret: true));
        }

        foreach (var alias in priceAliases)
        {
            var parameter = $"stripe-{alias.Replace('_', '-')}-price-id";
            host.WithEnvironment(
                $"STRIPE_{alias.ToUpperInvariant()}_PRICE_ID",
                host.ApplicationBuilder.AddParameter(parameter)
            );
        }

        return host;
    }

    // published, it is what people type; else what the app host puts before the project
    private static void WithAddress(
        IResourceBuilder<ProjectResource> project,
        string name,
        IResourceBuilder<ProjectResource> host
    )
    {
        const string variable = "Tollgate__AppUrl";
        var builder = host.ApplicationBuilder;
        if (builder.ExecutionContext.IsRunMode)
        {
            var endpoint = host.Resource.GetEndpoints().First();
            project.WithEnvironment(variable, endpoint);
            return;
        }

        var parameter = $"{name}-app-url";
        var known = builder.Resources.OfType<ParameterResource>().FirstOrDefault(one => one.Name == parameter);
        project.WithEnvironment(
            variable,
            known is null ? builder.AddParameter(parameter) : builder.CreateResourceBuilder(known)
        );
    }
}
