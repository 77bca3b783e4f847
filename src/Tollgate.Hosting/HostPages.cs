using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Tollgate.Http;

namespace Tollgate.Hosting;

/// <summary>A page of the host's own: a file below <c>wwwroot</c>, under a readable address.</summary>
/// <param name="Path">Where it is seen: <c>/settings/billing</c>.</param>
/// <param name="File">What is shown there: <c>billing.html</c>.</param>
public sealed record HostPage(string Path, string File)
{
    /// <summary>To everybody. Of the others, whoever is not signed in is led to the sign-in page.</summary>
    public bool IsOpen { get; init; }

    /// <summary>For <see cref="Administrators"/>; for everybody else there is no such page.</summary>
    public bool IsForAdmins { get; init; }
}

/// <summary>How a host shows pages of its own around the web components.</summary>
public static class HostPages
{
    /// <summary>
    /// Serves the files below <c>wwwroot</c>, and the pages under their addresses. Their scripts find what they share
    /// at <c>/tollgate/pages.js</c>. What the database fails is answered 503, whichever endpoint it is. Each page
    /// decides by itself who sees it, under a fallback policy as well; files are for everybody where the host calls
    /// <c>UseAuthorization</c> after this.
    /// </summary>
    /// <param name="signIn">Address of the sign-in page, which leads back by its parameter <c>return</c>.</param>
    /// <returns>The pages, for conventions of the host's.</returns>
    public static IEndpointConventionBuilder UseHostPages(
        this WebApplication app,
        string signIn,
        IEnumerable<HostPage> pages
    )
    {
        app.UseMiddleware<DatabaseAwayMiddleware>();
        // under its own name a page would be there for everybody, whoever may see it
        app.MapWhen(
            http => http.Request.Path.Value!.EndsWith(".html", StringComparison.OrdinalIgnoreCase),
            none => none.Run(http => Results.NotFound().ExecuteAsync(http))
        );
        app.UseStaticFiles();
        WebComponents.Pages.Map(app);
        var group = app.MapGroup("").AllowAnonymous();
        IReadOnlyList<HostPage> all = [.. pages];
        ((IApplicationBuilder)app).Properties[nameof(HostPages)] = all;
        foreach (var page in all)
        {
            var file = app.Environment.WebRootFileProvider.GetFileInfo(page.File);
            group
                .MapGet(page.Path, async http => await (await AnswerAsync(page, file, signIn, http)).ExecuteAsync(http))
                .WithMetadata(page);
        }

        return group;
    }

    /// <exception cref="StartupException">A file is not there, as in a folder that is not the program's.</exception>
    internal static void CheckFiles(WebApplication app)
    {
        // not by its routes: to build them is to make what they ask for, and nothing is started yet
        var known = ((IApplicationBuilder)app).Properties.TryGetValue(nameof(HostPages), out var kept) ? kept : null;
        IReadOnlyList<HostPage> pages = known as IReadOnlyList<HostPage> ?? [];
        foreach (var page in pages)
        {
            if (!app.Environment.WebRootFileProvider.GetFileInfo(page.File).Exists)
            {
                throw new StartupException(
                    $"The page {page.Path} is not there: {app.Environment.ContentRootPath} has no wwwroot/{page.File}. "
                        + "Name the program's folder by --contentRoot, or start it from there."
                );
            }
        }
    }

    private static async Task<IResult> AnswerAsync(HostPage page, IFileInfo file, string signIn, HttpContext http) =>
        !page.IsOpen && http.User.Identity is not { IsAuthenticated: true }
            ? Results.Redirect(
                $"{http.Request.PathBase}{signIn}?return={Uri.EscapeDataString(OwnAddress(http.Request))}"
            )
        : page.IsForAdmins && !await IsAdminAsync(http)
            ? Results.Text("There is no such page.", statusCode: StatusCodes.Status404NotFound)
        : Results.Stream(file.CreateReadStream(), "text/html; charset=utf-8");

    private static string OwnAddress(HttpRequest request) => $"{request.PathBase}{request.Path}{request.QueryString}";

    private static async Task<bool> IsAdminAsync(HttpContext http)
    {
        var rights = http.RequestServices.GetRequiredService<IAuthorizationService>();
        return (await rights.AuthorizeAsync(http.User, http, Administrators.Name)).Succeeded;
    }
}
