namespace Tollgate.Catalog;

/// <summary>
/// What the host calls a thing that is counted, in running English text: <c>developer</c> and <c>developers</c>.
/// </summary>
/// <param name="One">One of it.</param>
/// <param name="Many">Any other number.</param>
public sealed record Noun(string One, string Many)
{
    /// <summary>The same in other languages, by primary subtag: <c>de</c>. A language that is not named is shown in
    /// English.</summary>
    public IReadOnlyDictionary<string, Noun> In { get; init; } = new Dictionary<string, Noun>();

    /// <summary><c>1 developer</c>, <c>5 developers</c>.</summary>
    public string Counted(int count) => $"{count} {(count == 1 ? One : Many)}";

    /// <summary>All of it by language, English included, as the pages get it.</summary>
    internal IReadOnlyDictionary<string, NounWords> ByLanguage =>
        In.Append(new("en", this))
            .ToDictionary(pair => pair.Key, pair => new NounWords(pair.Value.One, pair.Value.Many));
}

/// <summary>A noun of one language, as an answer has it.</summary>
public sealed record NounWords(string One, string Many);
