using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tollgate.Catalog;
using Tollgate.Startup;

namespace Tollgate.Hosting;

/// <summary>What Development brings to a host.</summary>
/// <param name="Name">Name of the host's database and of its folder under <c>.tollgate/</c>: a letter, then lower-case
/// letters, digits, hyphens and underscores, at most 63.</param>
/// <param name="SandboxPort">Where the Sandbox listens; <c>Development:SandboxPort</c> overrides it, 0 is any free
/// port.</param>
/// <param name="SignIn">How to sign in, for the lines on the console.</param>
public sealed record DevelopmentOptions(string Name, int SandboxPort, string SignIn);

/// <summary>
/// In Development a host without a database or without Stripe's keys gets its own: a private PostgreSQL, and the
/// Sandbox in process, set up with the catalog. With a private database and no mail provider its mails stay in the
/// mailbox. The package Tollgate.Development does all that; nothing here names a type of it, so that a published host
/// starts without it.
/// </summary>
public static class DevelopmentHost
{
    /// <summary>
    /// Must come before <c>AddTollgate</c>: its steps run first. In other environments it registers nothing.
    /// </summary>
    /// <param name="catalog">What is sold; null for a host that sells nothing, which gets the database alone.</param>
    /// <exception cref="StartupException">
    /// The environment is Development, and the package is not there or the name is none.
    /// </exception>
    public static void AddTollgateDevelopment(
        this WebApplicationBuilder builder,
        PlanCatalog? catalog,
        DevelopmentOptions options
    )
    {
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }

        var tools = LoadTools();
        builder.Services.AddSingleton(tools);
        tools.Add(builder, catalog, options);
    }

    /// <summary>
    /// Adds a step that fills the database with people whose password everybody knows: in Development, and there only
    /// in a private database (<c>Development:DatabaseIsPrivate</c>), never in one that a setting names. Must come after
    /// <see cref="AddTollgateDevelopment"/>.
    /// </summary>
    public static void AddDemoData<TStep>(this WebApplicationBuilder builder)
        where TStep : class, IStartupStep
    {
        var tools = builder.Services.Select(one => one.ImplementationInstance).OfType<IDevelopmentTools>();
        if (tools.Any(one => one.HasPrivateDatabase(builder.Services)))
        {
            builder.Services.AddStartupStep<TStep>();
        }
    }

    /// <summary>
    /// Maps the pages of Development, for everybody: mails at <c>/dev/mailbox</c> (with a private database only), every
    /// component in every state at <c>/dev/gallery</c>, the API's document at <c>/docs/api</c> where the host serves
    /// one. In other environments it maps nothing.
    /// </summary>
    /// <param name="document">Where the host maps <c>MapTollgateApiDocument</c>.</param>
    public static IEndpointConventionBuilder MapTollgateDevelopment(
        this WebApplication app,
        string document = "/openapi/v1.json"
    )
    {
        var pages = app.MapGroup("").AllowAnonymous();
        app.Services.GetService<IDevelopmentTools>()?.Map(pages, app.Services, document);
        return pages;
    }

    private static IDevelopmentTools LoadTools()
    {
        const string package = "Tollgate.Development";
        Assembly tools;
        try
        {
            tools = Assembly.Load(package);
        }
        catch (FileNotFoundException)
        {
            // a published host leaves it out
            throw new StartupException(
                $"The environment is Development, and the package {package} is not here: dotnet add package {package}; "
                    + "or set ASPNETCORE_ENVIRONMENT=Production where the host is published."
            );
        }

        var type = tools.GetType($"{package}.DevelopmentTools", throwOnError: true)!;
        return (IDevelopmentTools)Activator.CreateInstance(type, nonPublic: true)!;
    }
}

/// <summary>What the package Tollgate.Development does for a host that calls <see cref="DevelopmentHost"/>.</summary>
internal interface IDevelopmentTools
{
    void Add(WebApplicationBuilder builder, PlanCatalog? catalog, DevelopmentOptions options);

    bool HasPrivateDatabase(IServiceCollection services);

    void Map(RouteGroupBuilder pages, IServiceProvider services, string document);
}
