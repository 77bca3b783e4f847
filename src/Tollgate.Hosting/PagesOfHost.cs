using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;

namespace Tollgate.Hosting;

/// <summary>
/// Looks whether the pages that Tollgate leads to are there: whoever has paid at Stripe comes back to one of them. A
/// host whose pages are elsewhere, or in a middleware that maps no route, says so by
/// <see cref="TollgateOptions.PagesAreElsewhere"/>.
/// </summary>
internal static partial class PagesOfHost
{
    /// <param name="mapped">
    /// As the router has them: a data source makes its endpoints anew, which is most of a start, each time it is asked.
    /// </param>
    public static void Check(IEnumerable<Endpoint> mapped, TollgateOptions options, ILogger log)
    {
        foreach (var (path, property, purpose) in FindMissing(mapped, options))
        {
            LogMissing(log, path, property, purpose);
        }
    }

    /// <summary>Those that no route of this host answers.</summary>
    internal static IEnumerable<(string Path, string Property, string Purpose)> FindMissing(
        IEnumerable<Endpoint> endpoints,
        TollgateOptions options
    )
    {
        if (options.PagesAreElsewhere)
        {
            return [];
        }

        (string Path, string Property, string Purpose)[] pages =
        [
            (options.SuccessPath, nameof(options.SuccessPath), "where Stripe's Checkout returns to"),
            (options.UpgradePath, nameof(options.UpgradePath), "where gates and mails send people to choose a plan"),
            (options.SettingsPath, nameof(options.SettingsPath), "where Stripe's portal returns to"),
        ];
        var routes = endpoints.OfType<RouteEndpoint>().Where(AnswersGet).ToList();
        return pages.Where(page => !routes.Exists(route => Matches(route, page.Path)));
    }

    private static bool AnswersGet(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods }
        || methods.Contains(HttpMethods.Get);

    private static bool Matches(RouteEndpoint route, string path) =>
        new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(
            path.StartsWith('/') ? path : "/" + path,
            []
        );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No page of this host answers {Path} (Tollgate__{Property}), {Purpose}. Map it, name another path, "
            + "or set Tollgate__PagesAreElsewhere=true if something else serves it"
    )]
    private static partial void LogMissing(ILogger log, string path, string property, string purpose);
}
