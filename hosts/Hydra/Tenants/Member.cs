using Hydra.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Http;

namespace Hydra.Tenants;

/// <summary>The caller as a member of a tenant, on endpoints that are for members.</summary>
internal sealed record Member(AccountId Account, string Email, bool IsOwner)
{
    /// <summary>The audit log's line of something that they did.</summary>
    public LogEntry Did(string action, string subject, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = Account.Value,
            At = now,
            Actor = Email,
            Action = action,
            Subject = subject,
        };
}

internal static class MemberEndpoints
{
    /// <summary>
    /// For signed-in members of a tenant only, looked up at each call: who was removed is refused at once. Another
    /// site's page cannot act in their name.
    /// </summary>
    public static RouteGroupBuilder ForMembers(this RouteGroupBuilder group)
    {
        group.RequireAuthorization().AddEndpointFilter<SameOriginFilter>().AddEndpointFilter<MembersOnly>();
        return group;
    }

    /// <summary>Behind <see cref="ForMembers"/>: an owner's business.</summary>
    public static TBuilder ForOwners<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(
            async (context, next) =>
                context.HttpContext.Member().IsOwner
                    ? await next(context)
                    : RefusalProblem.ToResult(new OwnerRequired())
        );

    public static Member Member(this HttpContext http) => http.Features.GetRequiredFeature<Member>();

    /// <summary>
    /// Lets the changes of one tenant's repos, developers and members follow one another until the transaction ends.
    /// </summary>
    public static Task LockTenantAsync(this HydraDb db, AccountId tenant, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""SELECT 1 FROM hydra."Organizations" WHERE "Id" = {tenant.Value} FOR NO KEY UPDATE""",
            cancellationToken
        );

    private sealed class MembersOnly(IAccountDirectory tenants) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(
            EndpointFilterInvocationContext context,
            EndpointFilterDelegate next
        )
        {
            var http = context.HttpContext;
            if (await tenants.FindCallerAsync(http.User, http.RequestAborted) is not { } caller)
            {
                return RefusalProblem.ToResult(new NoBillingAccount());
            }

            http.Response.Headers.CacheControl = "no-store";
            http.Features.Set(new Member(caller.Account, http.User.Identity?.Name ?? "", caller.IsBillingAdmin));
            return await next(context);
        }
    }
}

/// <summary>A member without the role wants to change what only an owner may.</summary>
internal sealed record OwnerRequired()
    : Refusal("owner_required", 403, "Your role may not do that.", "Ask an owner of your team.");
