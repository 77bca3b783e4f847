using System.Text;
using System.Text.Json;
using ImportCsv.Csv;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>
/// An upload up to its file: the small parts, read, and the file as a stream that nobody has read yet. So a limit can
/// be checked before anything is processed.
/// </summary>
internal sealed record UploadForm(
    string ImporterKey,
    IReadOnlyDictionary<string, string>? Mapping,
    bool HasHeader,
    char? Delimiter,
    string FileName,
    Stream File,
    MultipartReader Rest
)
{
    private const int PartBytesMax = 64 * 1024;
    private const int LongestFileName = 200;

    /// <summary>There are no others, so that what is kept of a form has an end.</summary>
    private static readonly string[] SmallParts = ["importer_key", "mapping", "has_header", "delimiter"];

    public static async Task<Outcome<UploadForm>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary
        )
        {
            return new InvalidRequest("Send the file as multipart/form-data.");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return new BodyCompressed();
        }

        var reader = new MultipartReader(boundary.Value!, request.Body) { BodyLengthLimit = null };
        var parts = new Dictionary<string, string>();
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
            {
                return new InvalidRequest("A part of the form has no name.");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (name == "file")
            {
                return WithFile(parts, disposition, section.Body, reader);
            }

            if (
                !SmallParts.Contains(name)
                || await ReadTextAsync(section.Body, cancellationToken) is not { } text
                || !parts.TryAdd(name, text)
            )
            {
                return new InvalidRequest("A part of the form is unknown, too long, or there twice.");
            }
        }

        return new FileMissing();
    }

    private static Outcome<UploadForm> WithFile(
        Dictionary<string, string> parts,
        ContentDispositionHeaderValue disposition,
        Stream file,
        MultipartReader rest
    )
    {
        if (!parts.TryGetValue("importer_key", out var key))
        {
            return new InvalidRequest("The part importer_key comes before the file.");
        }

        var header = parts.GetValueOrDefault("has_header", "true");
        if (header is not ("true" or "false"))
        {
            return new InvalidRequest("The part has_header is true or false.");
        }

        var delimiter = CsvDelimiter.Read(parts.GetValueOrDefault("delimiter"));
        if (delimiter.Refusal is { } unknown)
        {
            return unknown;
        }

        var mapping = ReadMapping(parts.GetValueOrDefault("mapping"));
        return mapping.Refusal is { } refusal
            ? refusal
            : new UploadForm(
                key,
                mapping.Value is { Count: > 0 } given ? given : null,
                header == "true",
                delimiter.Value,
                NameOf(disposition),
                file,
                rest
            );
    }

    /// <summary>What is wrong behind the file, to be asked when the file is read; null when the form ends.</summary>
    public async Task<Refusal?> FindMoreAsync(CancellationToken cancellationToken) =>
        await Rest.ReadNextSectionAsync(cancellationToken) is null
            ? null
            : new InvalidRequest("The file is the last part of the form, and the only one.");

    // an empty one is none: by name
    private static Outcome<Dictionary<string, string>> ReadMapping(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text)
                ? new Dictionary<string, string>()
                : JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Strict)
                    ?? new Dictionary<string, string>();
        }
        catch (JsonException)
        {
            // what the caller sent is not ours to log
            return new MappingInvalid("The part mapping is a JSON object of headers and column keys.");
        }
    }

    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var given = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var name = string.Concat((HeaderUtilities.RemoveQuotes(given).Value ?? "").Where(one => !char.IsControl(one)));
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length switch
        {
            0 => "import.csv",
            // not in the middle of a character
            > LongestFileName => name[..(LongestFileName - (char.IsHighSurrogate(name[LongestFileName - 1]) ? 1 : 0))],
            _ => name,
        };
    }

    private static async Task<string?> ReadTextAsync(Stream part, CancellationToken cancellationToken)
    {
        var bytes = new byte[PartBytesMax + 1];
        var count = await part.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return count <= PartBytesMax ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}

/// <summary>The form ends without a file.</summary>
internal sealed record FileMissing()
    : Refusal("file_missing", 400, "There is no file.", "Send a part called file, after the other parts.");

/// <summary>What is compressed could be of any size.</summary>
internal sealed record BodyCompressed()
    : Refusal("body_compressed", 415, "The body is compressed.", "Send it without a Content-Encoding.");
