using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using JsonException = System.Text.Json.JsonException;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Tollgate.Catalog;

/// <summary>
/// A catalog as a JSON file, in place of one that is declared in code. Comments and trailing commas are allowed.
/// </summary>
public static class CatalogFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        // a file, and no part of a page: ä is ä
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON schema of such a file, with what each member means and what it is by default.</summary>
    public static string Schema { get; } = ReadSchema();

    /// <summary>
    /// Reads and checks it. Beside the program, whatever folder it is started in, lies
    /// <c>Path.Combine(AppContext.BaseDirectory, "plans.json")</c>.
    /// </summary>
    /// <exception cref="StartupException">
    /// All that is wrong with it, a line each: <c>plans.json(12): plans[1].trial.days: is less than 1.</c>
    /// </exception>
    public static PlanCatalog Read(string path)
    {
        var text = ReadText(path);
        var root = Parse(path, text);
        var lines = new CatalogLines(root);
        var refused = CatalogSchema.Check(root);
        var faults = refused.All.ToList();
        if (refused.IsReadable)
        {
            var catalog = CatalogReading.Of(JsonSerializer.Deserialize<CatalogDocument>(text, Options)!);
            var others = CatalogFaults.Of(catalog).ToList();
            if (faults.Count + others.Count == 0)
            {
                return catalog;
            }

            // where the schema has refused something, the rest may follow from that
            faults.AddRange(others.Where(other => !refused.All.Any(other.IsBeside)));
        }

        var said = faults
            .Select(fault => (Line: lines.Of(fault.Path), fault.Path, fault.Text))
            .OrderBy(fault => fault.Line)
            .Select(fault => $"{path}({fault.Line}): {(fault.Path.Length == 0 ? "" : fault.Path + ": ")}{fault.Text}")
            .ToList();
        throw new StartupException(string.Join('\n', said)) { Lines = said };
    }

    /// <summary>What it says without its defaults.</summary>
    /// <exception cref="ArgumentException">A length of time that a file cannot say.</exception>
    internal static string Write(PlanCatalog catalog) =>
        JsonSerializer.Serialize(CatalogWriting.Of(catalog), Options) + "\n";

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception unread) when (unread is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartupException($"{path}: There is no such file; it is to hold the catalog.", unread);
        }
        catch (DecoderFallbackException unread)
        {
            throw new StartupException($"{path}: The file is not text in UTF-8.", unread);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or SecurityException)
        {
            throw new StartupException($"{path}: The file cannot be read: {unread.Message}", unread);
        }
    }

    // the one is strict, the other knows the line of each member
    private static JToken Parse(string path, string text)
    {
        try
        {
            using var strict = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                // the schema is checked in decimals, too
                FloatParseHandling = FloatParseHandling.Decimal,
            };
            return JToken.Load(
                reader,
                new JsonLoadSettings
                {
                    CommentHandling = Newtonsoft.Json.Linq.CommentHandling.Ignore,
                    DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
                }
            );
        }
        catch (JsonException malformed)
        {
            var sentence = malformed.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            throw new StartupException($"{path}({malformed.LineNumber + 1 ?? 1}): {sentence}", malformed);
        }
        catch (JsonReaderException refused)
        {
            throw new StartupException($"{path}({refused.LineNumber}): {refused.Message.Split(" Path '")[0]}", refused);
        }
    }

    private static string ReadSchema()
    {
        using var file = typeof(CatalogFile).Assembly.GetManifestResourceStream("catalog.schema.json")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
