using Hydra.Storage;
using Hydra.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tollgate;
using Tollgate.Http;

namespace Hydra.Gated;

/// <summary>An issue that waits to be filed in the tenant's Jira.</summary>
public sealed record JiraIssue
{
    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class JiraIssueMapping : IEntityTypeConfiguration<JiraIssue>
{
    public const int LongestTitle = 255;

    public void Configure(EntityTypeBuilder<JiraIssue> builder)
    {
        builder.ToTable("JiraIssues");
        builder.Property(issue => issue.Title).HasMaxLength(LongestTitle);
        builder.HasOne<Organization>().WithMany().HasForeignKey(issue => issue.OrganizationId);
        builder.HasIndex(issue => new { issue.OrganizationId, issue.At });
    }
}

/// <summary>
/// <c>POST /api/jira/issues</c>, behind <c>jira_integration</c>: takes an issue for the tenant's Jira. There is no Jira
/// behind it; the issue is kept, and says that it waits.
/// </summary>
internal static class FileJiraIssue
{
    private sealed record Request(string Title);

    public static void MapJira(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/jira/issues")
            .ForMembers()
            .RequireFeature(Features.JiraIntegration)
            .MapPost("/", FileAsync);

    private static async Task<IResult> FileAsync(HttpContext http, HydraDb db, BillingClock clock)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        if (request is not { Value: { } asked })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        if (asked.Title.Length is 0 or > JiraIssueMapping.LongestTitle || asked.Title.Any(char.IsControl))
        {
            return RefusalProblem.ToResult(new InvalidRequest("Give a title of 1 to 255 printable characters."));
        }

        var member = http.Member();
        var issue = new JiraIssue
        {
            Id = Guid.CreateVersion7(),
            OrganizationId = member.Account.Value,
            Title = asked.Title,
            At = clock.Now,
        };
        db.Add(issue);
        db.Add(member.Did("jira_issue_filed", issue.Title, clock.Now));
        await db.SaveChangesAsync(http.RequestAborted);
        return BillingJson.Answer(
            new
            {
                issue.Id,
                issue.Title,
                Status = "waiting",
            }
        );
    }
}
