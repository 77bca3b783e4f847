using System.Diagnostics;
using Tollgate.Commands.Checks;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>No secret of Stripe's is committed, and none ever was.</summary>
public sealed class DoctorSecretsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sk_live_", 24)]
    [InlineData("sk_test_", 38)]
    [InlineData("rk_live_", 99)]
    [InlineData("rk_test_", 16)]
    [InlineData("whsec_", 32)]
    public async Task A_key_in_the_tree_and_in_the_history_is_named_unless_its_file_is_an_example(
        string form,
        int length
    )
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-checkout-");
        var below = folder.CreateSubdirectory("src");
        var key = form + new string('a', length);
        Git(folder, "init", "-q");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "settings.txt"), $"KEY={key}", Token);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "example.txt"), $"KEY={form}...", Token);

        // asked from a folder below, as a host is started
        var findings = await CheckoutSecretsCheck.RunAsync(below.FullName, Token);
        Assert.StartsWith("in settings.txt;", Assert.Single(findings, Fails).Detail, StringComparison.Ordinal);

        Git(folder, "add", "-A");
        Git(folder, "commit", "-qm", "Add");
        Git(folder, "rm", "-q", "settings.txt");
        Git(folder, "commit", "-qm", "Remove");
        findings = await CheckoutSecretsCheck.RunAsync(folder.FullName, Token);
        var kept = Assert.Single(findings, Fails);
        Assert.Contains("roll the key", kept.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(key, kept.Detail, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, CheckoutSecretsCheck.AllowList),
            "# what a key looks like\nsettings.txt\n",
            Token
        );
        findings = await CheckoutSecretsCheck.RunAsync(folder.FullName, Token);
        folder.Delete(recursive: true);
        Assert.DoesNotContain(findings, Fails);
    }

    private static bool Fails(Finding finding) => finding.Outcome == FindingOutcome.Fails;

    private static void Git(DirectoryInfo folder, params string[] arguments)
    {
        string[] author = ["-c", "user.name=Ann", "-c", "user.email=ann@acme.test", "-c", "commit.gpgsign=false"];
        using var git = Process.Start(
            new ProcessStartInfo("git", [.. author, .. arguments]) { WorkingDirectory = folder.FullName }
        )!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
