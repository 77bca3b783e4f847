using Microsoft.AspNetCore.Mvc;
using Tollgate;
using Tollgate.Access;

namespace MyApp;

public static class Exports
{
    public static void MapExports(this IEndpointRouteBuilder app) =>
        app.MapGet("/export", () => "everything").RequireAuthorization().RequireFeature("export");
}

[ApiController]
[Route("/audit")]
[RequireFeature("audit_log")]
public sealed class AuditController : ControllerBase
{
    [HttpGet]
    public string Get() => "who did what";
}
