using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tollgate.Startup;

namespace Tollgate.Hosting;

/// <summary>
/// What a host needs where the internet reaches it. A host that has an edge of its own leaves it out.
/// </summary>
public static class HostEdge
{
    /// <summary>
    /// On every answer, of whatever middleware: a Content-Security-Policy for the host's own pages, <c>nosniff</c>, a
    /// Referrer-Policy, no <c>Server</c>. The path of <see cref="TollgateOptions.AppUrl"/> is the path base, whether or
    /// not the proxy takes it off. <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed of
    /// <see cref="TollgateOptions.KnownProxies"/> and of nobody else. In Production: HSTS for a year, cookies of
    /// sign-ins only over https, and requests for no other host than those of <see cref="TollgateOptions.AppUrl"/> and
    /// <see cref="TollgateOptions.ApiUrl"/>, unless the setting <c>AllowedHosts</c> names others.
    /// </summary>
    public static IServiceCollection AddHostEdge(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(server => server.AddServerHeader = false);
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddSingleton<IConfigureOptions<HostFilteringOptions>, OwnHosts>();
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>, SecureCookies>();
        services.AddStartupStep<CheckEdge>();
        // before those that the framework has registered, so that their answers get the headers, too
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, Edge>());
        return services;
    }

    private sealed class Edge(TollgateOptions options, IHostEnvironment environment) : IStartupFilter
    {
        private const string ContentSecurityPolicy =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, following) =>
                    {
                        SetHeaders(context.Response.Headers);
                        return following(context);
                    }
                );
                if (KnownProxyList.Read(options.KnownProxies) is { } proxies)
                {
                    app.UseForwardedHeaders(proxies.ToOptions());
                }

                if (environment.IsProduction())
                {
                    app.UseHsts();
                }

                var pathBase = new PathString(options.AppUrl.AbsolutePath.TrimEnd('/'));
                if (pathBase.HasValue)
                {
                    app.Use((context, following) => following(Below(pathBase, context)));
                }

                next(app);
            };

        // whether or not the proxy has taken it off, it is there for whoever makes an address of the product
        private static HttpContext Below(PathString pathBase, HttpContext context)
        {
            var request = context.Request;
            request.PathBase = pathBase;
            request.Path = request.Path.StartsWithSegments(pathBase, StringComparison.OrdinalIgnoreCase, out var rest)
                ? rest
                : request.Path;
            return context;
        }

        private static void SetHeaders(IHeaderDictionary headers)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
        }
    }

    // Whoever is healthy is asked by the node's own address, too.
    private sealed class OwnHosts(TollgateOptions options, IConfiguration configuration, IHostEnvironment environment)
        : IConfigureOptions<HostFilteringOptions>
    {
        public void Configure(HostFilteringOptions filter)
        {
            if (environment.IsProduction() && string.IsNullOrEmpty(configuration["AllowedHosts"]))
            {
                filter.AllowedHosts = [options.AppUrl.Host, options.ApiUrl.Host, "localhost", "127.0.0.1", "[::1]"];
            }
        }
    }

    private sealed class SecureCookies(IHostEnvironment environment)
        : IPostConfigureOptions<CookieAuthenticationOptions>
    {
        public void PostConfigure(string? name, CookieAuthenticationOptions cookies)
        {
            if (environment.IsProduction())
            {
                cookies.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            }
        }
    }

    private sealed class CheckEdge(TollgateOptions options, IConfiguration configuration, IHostEnvironment environment)
        : IStartupStep
    {
        public Task RunAsync(CancellationToken cancellationToken)
        {
            KnownProxyList.Read(options.KnownProxies);
            if (environment.IsProduction() && configuration.GetValue<bool>("FORWARDEDHEADERS_ENABLED"))
            {
                throw new StartupException(
                    "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes anybody's X-Forwarded-For. Remove it, and set "
                        + "Tollgate__KnownProxies to the addresses of the proxies instead."
                );
            }

            return Task.CompletedTask;
        }
    }
}
