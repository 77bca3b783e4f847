using System.Globalization;
using System.Text;
using Npgsql;

namespace ImportCsv.Imports;

/// <summary>
/// Names of columns as they are compared: normalised (NFKC), in small letters, without white space and punctuation, so
/// that "E-mail" and "e_mail" are one name. Marks and symbols stay: with another one, a word is another word, and a
/// price in € is none in $. The page compares the same way.
/// </summary>
internal sealed class PlainNames(NpgsqlDataSource database)
{
    /// <summary>The plain form of each name; empty for a name that is nothing but punctuation.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        IEnumerable<string> names,
        CancellationToken cancellationToken
    )
    {
        var all = names.Distinct(StringComparer.Ordinal).ToArray();
        var normal = all.All(name => Ascii.IsValid(name)) ? all : await NormalizeAsync(all, cancellationToken);
        return all.Zip(normal).ToDictionary(pair => pair.First, pair => Plain(pair.Second), StringComparer.Ordinal);
    }

    // .NET has no normalisation of its own without ICU, which not every machine has
    private async Task<string[]> NormalizeAsync(string[] names, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT normalize(name, NFKC) FROM unnest($1) WITH ORDINALITY AS names (name, at) ORDER BY at"
        );
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = names });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var normal = new string[names.Length];
        for (var at = 0; await rows.ReadAsync(cancellationToken); at++)
        {
            normal[at] = rows.GetString(0);
        }

        return normal;
    }

    /// <param name="name">Normalised.</param>
    internal static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.ToLowerInvariant().EnumerateRunes())
        {
            if (!IsPunctuation(rune))
            {
                plain.Append(rune.Value == 'ß' ? "ss" : rune.ToString());
            }
        }

        return plain.ToString();
    }

    // of the other punctuation (#, %, &, @) some distinguishes columns
    private static bool IsPunctuation(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.ConnectorPunctuation
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
        || rune.Value is '.' or ',' or ':' or ';' or '!' or '?' or '*' or '\'' or '"' or '/';
}
