using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Seeding;

/// <summary>One request of a fixtures file.</summary>
/// <param name="ExpectedErrorType">The error that it is to be refused with; null if it is to succeed.</param>
internal sealed record SeedStep(
    string Name,
    string Method,
    string Path,
    JsonObject Params,
    string? IdempotencyKey,
    string? ExpectedErrorType
)
{
    private static readonly string[] Known =
    [
        "name",
        "path",
        "method",
        "params",
        "idempotency_key",
        "expected_error_type",
    ];

    /// <summary>Reads a file in the format of <c>stripe fixtures</c>, template version 0.</summary>
    /// <exception cref="InvalidDataException">It is not such a file, or asks for what is not there.</exception>
    public static IReadOnlyList<SeedStep> ReadAll(string file)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: not JSON. {error.Message}", error);
        }

        return root.ChildOrNull("_meta")?.IntOrNull("template_version") != 0
                ? throw new InvalidDataException($"{file}: _meta.template_version is to be 0.")
            : root["fixtures"] is not JsonArray fixtures
                ? throw new InvalidDataException($"{file}: there is no array `fixtures`.")
            : [.. fixtures.Select((node, index) => Read(file, index + 1, node as JsonObject ?? []))];
    }

    private static SeedStep Read(string file, int number, JsonObject fixture)
    {
        var name = fixture.TextOrNull("name") ?? $"number {number}";
        var unknown = fixture.Select(member => member.Key).Except(Known, StringComparer.Ordinal).FirstOrDefault();
        return unknown is null
            ? new SeedStep(
                name,
                Required("method").ToUpperInvariant(),
                Required("path"),
                fixture.ChildOrNull("params") ?? [],
                fixture.TextOrNull("idempotency_key"),
                fixture.TextOrNull("expected_error_type")
            )
            : throw new InvalidDataException($"{file}, step '{name}': `{unknown}` is not supported.");

        string Required(string member) =>
            fixture.TextOrNull(member)
            ?? throw new InvalidDataException($"{file}, step '{name}': `{member}` is missing.");
    }
}
