using System.ComponentModel;
using System.Diagnostics;

namespace Tollgate.Administration;

/// <summary>No live key in the files of a checkout, nor anywhere in its history.</summary>
internal static class CheckoutSecretsCheck
{
    private const string Name = "no live key in the tree or its history";
    private const string Pattern = "(sk|rk)_live_[A-Za-z0-9]{24,}|whsec_[A-Za-z0-9]{32,}";

    public static async Task<IReadOnlyList<Finding>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        if (await GitAsync(folder, ["rev-parse", "--is-inside-work-tree"], cancellationToken) is not { Code: 0 })
        {
            return [Finding.Look(Name, "this is no checkout: run doctor once where the source is")];
        }

        var tree = await GitAsync(folder, ["grep", "-IlE", "--untracked", Pattern], cancellationToken);
        var history = await GitAsync(folder, ["log", "--all", "--oneline", "-E", "-G", Pattern], cancellationToken);
        return
        [
            tree?.Text is { Length: > 0 } files
                ? Finding.Fails(Name, $"in {files.ReplaceLineEndings(" ")}")
                : Finding.Good(Name + ": tree"),
            history?.Text is { Length: > 0 } commits
                ? Finding.Fails(Name, $"added or removed by {commits.ReplaceLineEndings(" ")}; roll the key")
                : Finding.Good(Name + ": history"),
        ];
    }

    private static async Task<(int Code, string Text)?> GitAsync(
        string folder,
        string[] arguments,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", arguments)
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var text = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await git.WaitForExitAsync(cancellationToken);
            return (git.ExitCode, text.Trim());
        }
        catch (Win32Exception)
        {
            return null; // no git on this machine, so no checkout to look through
        }
    }
}
