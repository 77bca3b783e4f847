using Microsoft.AspNetCore.Authorization;
using Tollgate;

namespace Standalone.ApiKeys;

/// <summary>What a key may do; each endpoint wants one of them.</summary>
internal static class ApiScope
{
    /// <summary>Plans, the state of an account, and whether it may do a thing.</summary>
    public const string Read = "read";

    /// <summary>Reserve, commit and release units of meters.</summary>
    public const string Usage = "usage";

    /// <summary>Checkout, portal, changes of plans and seats.</summary>
    public const string Billing = "billing";

    /// <summary>Open, rename and close accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>The claim of a key's principal that names one of its scopes.</summary>
    public const string Claim = "scope";

    public static string[] All { get; } = [Read, Usage, Billing, Accounts];

    /// <summary>Opens the endpoints to keys with the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireScope(_ => scope);

    /// <summary>Opens each endpoint to keys with the scope that is named for its method.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, Func<string, string> scopeOf)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            var method = endpoint.Metadata.OfType<IHttpMethodMetadata>().Single().HttpMethods.Single();
            endpoint.Metadata.Add(new ScopeRequired(scopeOf(method)));
        });
        return endpoints;
    }
}

/// <summary>On an endpoint: the scope that it wants.</summary>
internal sealed record ScopeRequired(string Scope) : IAuthorizeData
{
    public string? Policy
    {
        get => Scope;
        set => throw new NotSupportedException();
    }

    public string? Roles { get; set; }

    public string? AuthenticationSchemes { get; set; }
}

/// <summary>No key came with the call, or one that opens nothing (any more).</summary>
internal sealed record ApiKeyRequired()
    : Refusal(
        "api_key_required",
        401,
        "No valid API key.",
        "Send Authorization: Bearer tgsk_... with a key that `keys create` made and that has not ended."
    );

/// <summary>The key may do other things.</summary>
internal sealed record ScopeMissing(string Scope)
    : Refusal(
        "scope_missing",
        403,
        "The API key may not do this.",
        $"The call wants the scope {Scope}: make a key with it (`keys create --scope {Scope}`)."
    )
{
    public override IEnumerable<KeyValuePair<string, object?>> Members => [new("scope", Scope)];
}
