namespace Tollgate.Tests.Conventions;

/// <summary>The kill switch has one type: no other code reads the option, or refuses because of it.</summary>
public sealed class SwitchTests
{
    private const string Switch = "src/Tollgate/Settings/BillingSwitch.cs";

    /// <summary>What an action is made of: selling, changing, gating, counting, receiving.</summary>
    private static readonly string[] Capabilities =
    [
        "src/Tollgate/Access",
        "src/Tollgate/Changes",
        "src/Tollgate/Checkout",
        "src/Tollgate/Deadlines",
        "src/Tollgate/Reconciliation",
        "src/Tollgate/Subscriptions",
        "src/Tollgate/Usage",
        "src/Tollgate/Webhooks",
        "hosts",
    ];

    [Fact]
    public void Capabilities_ask_the_switch_and_never_the_option() =>
        SourceTree.Holds(
            file => Lines(file, ".BillingEnabled", "the option alone does not know what was switched while it ran"),
            file => file.IsCSharp && file.IsUnder(Capabilities)
        );

    [Fact]
    public void Only_the_switch_refuses_because_billing_is_off() =>
        SourceTree.Holds(
            file => Lines(file, "new BillingDisabled(", "ask BillingSwitch.RefusalOfActions"),
            file => file.IsCSharp && file.IsUnder("src", "hosts") && file.Path != Switch && !IsDescription(file)
        );

    [Theory]
    [InlineData("if (!options.BillingEnabled)", 1)]
    [InlineData("if (billing.RefusalOfActions is { } off)", 0)]
    public void The_option_beside_the_switch_is_found(string text, int faults) =>
        Assert.Equal(faults, Lines(new SourceFile("src/A.cs", text), ".BillingEnabled", "why").Count());

    private static bool IsDescription(SourceFile file) =>
        file.Path.EndsWith("Descriptions.cs", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(SourceFile file, string words, string why) =>
        file
            .Lines.Select((line, index) => (line, index))
            .Where(at => at.line.Contains(words, StringComparison.Ordinal))
            .Select(at => file.Fault(at.index + 1, why));
}
