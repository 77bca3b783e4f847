using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hydra.Workflows;

/// <summary>Something Hydra does for a team; three of them are counted on the free plan.</summary>
/// <param name="Meter">The meter it counts on; null when it is not counted.</param>
internal sealed record Workflow(string Id, string Name, string Description, string? Meter)
{
    public const string Fix = "fix";

    public static IReadOnlyList<Workflow> All { get; } =
    [
        new(Fix, "Fix", "Finds the cause of a failing test and opens a pull request.", Meters.Fix),
        new("doc_run", "Doc run", "Brings the documentation up to date with the code.", Meters.DocRun),
        new("linear_cycle", "Linear cycle", "Plans the next cycle from the open Linear issues.", Meters.LinearCycle),
        new("review", "Review", "Reads a pull request and comments on it.", Meter: null),
        new("triage", "Triage", "Sorts new issues by area and urgency.", Meter: null),
        new("release_notes", "Release notes", "Writes the notes of a release from its commits.", Meter: null),
        new("dependency_update", "Dependency update", "Raises one dependency and runs the tests.", Meter: null),
    ];
}

/// <summary>One run of a workflow, known by its tenant's key, so that a repeated report finds it again.</summary>
public sealed record WorkflowRun
{
    public required Guid Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string Workflow { get; init; }

    public required string IdempotencyKey { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>It went to the head of the queue, which is part of some plans.</summary>
    public bool IsPriority { get; init; }
}

internal sealed class WorkflowRunMapping : IEntityTypeConfiguration<WorkflowRun>
{
    public void Configure(EntityTypeBuilder<WorkflowRun> builder)
    {
        builder.ToTable("WorkflowRuns");
        builder.HasOne<Organization>().WithMany().HasForeignKey(run => run.OrganizationId);
        builder.HasIndex(run => new { run.OrganizationId, run.At });
        builder
            .HasIndex(run => new
            {
                run.OrganizationId,
                run.Workflow,
                run.IdempotencyKey,
            })
            .IsUnique();
    }
}
