namespace Tollgate.Http;

/// <summary>What an API's document says of the whole.</summary>
/// <param name="Description">A sentence or two.</param>
public sealed record ApiAbout(string Title, string Description)
{
    internal static readonly ApiAbout Billing = new(
        "Billing",
        "Plans, checkout, changes, and what administrators see and do. Members are in snake_case."
    );

    /// <summary>Name of the cookie by which the host's own pages are signed in; null for a host without any.</summary>
    public string? Cookie { get; init; } = ".AspNetCore.Identity.Application";

    /// <summary>A sign-in may also be a bearer token.</summary>
    public bool TakesBearer { get; init; } = true;

    /// <summary>
    /// Every endpoint of the host is described. Else the document also has the answers of gates and meters, for those
    /// that are not.
    /// </summary>
    public bool IsWhole { get; init; }
}
