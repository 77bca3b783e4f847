using System.Globalization;
using System.Text.RegularExpressions;
using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.IntegrationTests.Operations;

/// <summary>
/// Does what an operations document says: types the commands of its <c>console</c> blocks in their order, and holds
/// what comes against the lines that the document shows below each. <c>...</c> is any text; <c>(exit code 1)</c> is
/// said where it is not 0.
/// </summary>
internal sealed partial class DocumentWalk(HydraHost hydra, string document)
{
    private const string Prompt = "$ ";
    private const string FailsLine = "(exit code 1)";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Func<Task>> situations = [];
    private readonly Dictionary<string, string> words = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "operations");

    /// <summary>What is so before the step with this number is done.</summary>
    public DocumentWalk Before(int step, Func<Task> happensAsync)
    {
        situations.Add($"## {step}.", happensAsync);
        return this;
    }

    /// <summary>What a word of the document, an id in capitals, stands for here.</summary>
    public void Means(string word, string value) => words[word] = value;

    public async Task RunAsync()
    {
        using var cli = await StripeCli.AtAsync(hydra.Sandbox.BaseAddress);
        var lines = new Queue<string>(await File.ReadAllLinesAsync(Path.Combine(Folder, document), Token));
        var isConsole = false;
        while (lines.TryDequeue(out var line))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                await BeginAsync(line);
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isConsole = line == "```console";
            }
            else if (isConsole)
            {
                var shown = new List<string>();
                while (
                    !lines.Peek().StartsWith("```", StringComparison.Ordinal)
                    && !lines.Peek().StartsWith(Prompt, StringComparison.Ordinal)
                )
                {
                    shown.Add(Meant(lines.Dequeue()));
                }

                await TypeUntilShownAsync(Meant(line[Prompt.Length..]), shown, cli);
            }
        }

        Assert.Empty(situations);
    }

    /// <summary>
    /// Workers apply what a command began, and one node at a time catches up or reconciles: who only asks, or comes
    /// while another is at it, asks again, as a person does.
    /// </summary>
    private async Task TypeUntilShownAsync(string line, IReadOnlyList<string> shown, StripeCli cli)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (code, output) = await TypeAsync(line, cli);
            if (Fault(shown, code, output) is not { } fault)
            {
                return;
            }

            var mayAskAgain =
                Asks().IsMatch(line) || output.Contains(ProblemCodes.BillingBusy, StringComparison.Ordinal);
            Assert.True(
                mayAskAgain && TimeProvider.System.GetElapsedTime(began) < Patience,
                $"{document}: after\n{line}\n{fault}\n{output}"
            );
        }
    }

    /// <summary>What the document shows and did not come; null when all did, in that order.</summary>
    private static string? Fault(IReadOnlyList<string> shown, int code, string output)
    {
        var expected = shown.Contains(FailsLine) ? 1 : 0;
        if (code != expected)
        {
            return $"comes exit code {code}:";
        }

        var coming = new Queue<string>(output.Split('\n'));
        foreach (var line in shown.Where(line => line != FailsLine))
        {
            var parts = line.Split("...").Select(part => Spaces().Replace(Regex.Escape(part.Trim()), @"\s+"));
            var wanted = new Regex($"^\\s*{string.Join(".*", parts)}\\s*$", RegexOptions.NonBacktracking);
            while (true)
            {
                if (!coming.TryDequeue(out var came))
                {
                    return $"this line does not come: {line}\nbut:";
                }

                if (wanted.IsMatch(came))
                {
                    break;
                }
            }
        }

        return null;
    }

    private async Task BeginAsync(string heading)
    {
        if (situations.Remove(string.Join(' ', heading.Split(' ').Take(2)), out var happensAsync))
        {
            await happensAsync();
        }
    }

    private string Meant(string line) =>
        words.Aggregate(line, (text, word) => text.Replace(word.Key, word.Value, StringComparison.Ordinal));

    private async Task<(int Code, string Output)> TypeAsync(string line, StripeCli cli)
    {
        var parts = Part()
            .Matches(line)
            .Select(part => part.Value.Replace("\"", "", StringComparison.Ordinal))
            .ToArray();
        return parts switch
        {
            ["hydra", .. var args] => await hydra.CommandAsync(args),
            ["stripe", .. var args] => await StripeAsync(cli, args),
            ["psql", "-c", var sql] => (0, await QueryAsync(sql)),
            ["curl", "-s", var url] => (0, await GetAsync(new Uri(url).PathAndQuery)),
            _ => throw new InvalidOperationException($"{document} has a command that this walk does not know: {line}"),
        };
    }

    private static async Task<(int Code, string Output)> StripeAsync(StripeCli cli, string[] args)
    {
        var ended = await cli.RunAsync(args);
        return (ended.Code, ended.All);
    }

    private async Task<string> QueryAsync(string sql)
    {
        await using var command = hydra.Database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await rows.ReadAsync(Token))
        {
            var values = Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue);
            lines.Add(
                string.Join(" | ", values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))
            );
        }

        return string.Join('\n', lines);
    }

    private async Task<string> GetAsync(string path)
    {
        using var client = hydra.Anonymous();
        return await client.GetStringAsync(new Uri(path, UriKind.Relative), Token);
    }

    [GeneratedRegex("(?:\"[^\"]*\"|[^ \"])+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Part();

    [GeneratedRegex(
        "^(?:psql|curl|hydra (?:explain|events list|duplicates|quotes|integrity|reconcile --dry-run)) ?",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Asks();

    [GeneratedRegex(@"(?:\\ )+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();
}
