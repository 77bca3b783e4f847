namespace Tollgate.Load;

/// <summary>What was asked for on the command line.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/Tollgate.Load [-- OPTIONS NAME...]
          --peers       also the npm packages of bench/peers, installed by npm ci
          --quick       3 short repetitions in place of 5
          --write       writes bench/RESULTS.md
          --statements  says for each path what PostgreSQL spent its time on (pg_stat_statements)
          NAME          only paths whose names begin with it; sync alone is what one account sync costs,
                        memory alone what a node keeps in memory
        """;

    public bool Peers { get; private init; }

    public bool Quick { get; private init; }

    public bool Write { get; private init; }

    public bool Statements { get; private init; }

    public IReadOnlyList<string> Names { get; private init; } = [];

    public int Repetitions => Quick ? 3 : 5;

    public TimeSpan Length => TimeSpan.FromSeconds(Quick ? 2 : 4);

    public bool Takes(string path) => Names is [] || Names.Any(name => path.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Null for arguments that it does not have.</summary>
    public static LoadOptions? Read(string[] args)
    {
        var options = new LoadOptions();
        foreach (var argument in args)
        {
            LoadOptions? next = argument switch
            {
                "--peers" => options with { Peers = true },
                "--quick" => options with { Quick = true },
                "--write" => options with { Write = true },
                "--statements" => options with { Statements = true },
                _ when argument.StartsWith('-') => null,
                _ => options with { Names = [.. options.Names, argument] },
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
