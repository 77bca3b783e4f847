using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tollgate;
using Tollgate.Http;

namespace Hydra.Gated;

/// <summary>A text that a tenant keeps under a name, such as its agents' rules.</summary>
public sealed record TenantSetting
{
    public required string OrganizationId { get; init; }

    public required string Name { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class TenantSettingMapping : IEntityTypeConfiguration<TenantSetting>
{
    public void Configure(EntityTypeBuilder<TenantSetting> builder)
    {
        builder.ToTable("TenantSettings");
        builder.HasKey(setting => new { setting.OrganizationId, setting.Name });
        builder.HasOne<Organization>().WithMany().HasForeignKey(setting => setting.OrganizationId);
    }
}

/// <summary>Settings that belong to a plan: each is read and written behind its feature.</summary>
internal static class TenantSettings
{
    private sealed record Request(string Text);

    private static readonly GatedSetting[] All =
    [
        new("/api/agent-rules", Features.CustomAgentRules, IsOwners: false),
        new("/api/settings/sso", Features.SsoSaml, IsOwners: true),
        new("/api/settings/roles", Features.FullRbac, IsOwners: true),
        new("/api/settings/vpc", Features.VpcCompliance, IsOwners: true),
    ];

    public static void MapTenantSettings(this IEndpointRouteBuilder routes)
    {
        foreach (var setting in All)
        {
            var group = routes.MapGroup(setting.Path).ForMembers().RequireFeature(setting.Feature);
            group.MapGet("/", (HttpContext http, HydraDb db) => ReadAsync(setting.Feature, http, db));
            var write = group.MapPut(
                "/",
                (HttpContext http, HydraDb db, BillingClock clock) => WriteAsync(setting.Feature, http, db, clock)
            );
            if (setting.IsOwners)
            {
                write.ForOwners();
            }
        }
    }

    private static async Task<IResult> ReadAsync(string name, HttpContext http, HydraDb db) =>
        Answer(await db.FindAsync<TenantSetting>([http.Member().Account.Value, name], http.RequestAborted));

    private static async Task<IResult> WriteAsync(string name, HttpContext http, HydraDb db, BillingClock clock)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (asked.Text.Contains('\0', StringComparison.Ordinal))
        {
            return RefusalProblem.ToResult(new InvalidRequest("A text has no null character."));
        }

        var member = http.Member();
        var setting = new TenantSetting
        {
            OrganizationId = member.Account.Value,
            Name = name,
            Text = asked.Text,
            At = clock.Now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await db.LockTenantAsync(member.Account, http.RequestAborted);
        var isKnown = await db.Set<TenantSetting>()
            .AnyAsync(row => row.OrganizationId == setting.OrganizationId && row.Name == name, http.RequestAborted);
        db.Entry(setting).State = isKnown ? EntityState.Modified : EntityState.Added;
        db.Add(member.Did("setting_changed", name, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
        return Answer(setting);
    }

    private static IResult Answer(TenantSetting? setting) =>
        BillingJson.Answer(new { Text = setting?.Text ?? "", UpdatedAt = setting?.At });

    private sealed record GatedSetting(string Path, string Feature, bool IsOwners);
}
