using System.ComponentModel;
using System.Diagnostics;

namespace Tollgate.Commands.Checks;

/// <summary>
/// No secret of Stripe's, live or test, in the files of a checkout, nor anywhere in its history. Files that show what
/// one looks like are named in <see cref="AllowList"/>, which is committed.
/// </summary>
internal static class CheckoutSecretsCheck
{
    public const string AllowList = ".stripe-keys-allowed";
    private const string Name = "no secret of Stripe's in the tree or its history";

    // secret keys, restricted keys and signing secrets; made-up ones of words with underscores are none
    private const string Pattern = "(^|[^A-Za-z0-9])((sk|rk)_(live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{24,})";

    public static async Task<IReadOnlyList<Finding>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        if (
            await GitAsync(folder, ["rev-parse", "--show-toplevel"], cancellationToken)
            is not { Code: 0, Text: var top }
        )
        {
            return [Finding.Warn(Name, "this is no checkout: run doctor once where the source is")];
        }

        string[] where = ["--", ".", .. await ReadAllowedAsync(top, cancellationToken)];
        var tree = await GitAsync(top, ["grep", "-IlE", "--untracked", Pattern, .. where], cancellationToken);
        var history = await GitAsync(
            top,
            ["log", "--all", "--oneline", "-E", "-G", Pattern, .. where],
            cancellationToken
        );
        var shallow = await GitAsync(top, ["rev-parse", "--is-shallow-repository"], cancellationToken);
        return
        [
            tree?.Text is { Length: > 0 } files
                ? Finding.Fails(
                    Name,
                    $"in {files.ReplaceLineEndings(" ")}; take it out and roll it, or name an example in {AllowList}"
                )
                : Finding.Good(Name + ": tree"),
            history?.Text is { Length: > 0 } commits
                ? Finding.Fails(Name, $"added or removed by {commits.ReplaceLineEndings(" ")}; roll the key")
            : shallow?.Text == "true" ? Finding.Warn(Name, "this clone has a part of the history only")
            : Finding.Good(Name + ": history"),
        ];
    }

    private static async Task<IEnumerable<string>> ReadAllowedAsync(string top, CancellationToken cancellationToken)
    {
        var file = Path.Combine(top, AllowList);
        var lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellationToken) : [];
        return lines
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(path => $":(exclude,glob){path}");
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
            var error = git.StandardError.ReadToEndAsync(cancellationToken);
            var text = await git.StandardOutput.ReadToEndAsync(cancellationToken);
            await error;
            await git.WaitForExitAsync(cancellationToken);
            return (git.ExitCode, text.Trim());
        }
        catch (Win32Exception)
        {
            return null; // no git on this machine, so no checkout to search
        }
    }
}
