using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tollgate.ImportCsvTests;

/// <summary>
/// Calls the host by what its document says of each operation, and fails where an answer is another one than that.
/// </summary>
internal sealed class DescribedCalls(JsonNode document)
{
    private readonly HashSet<string> done = [];

    public JsonNode Document => document;

    /// <summary>Operations that nobody has called with success yet.</summary>
    public IEnumerable<string> Missing => Operations().Select(one => one.Id).Where(id => !done.Contains(id));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DescribedCalls> ReadAsync(ImportCsvHost host)
    {
        using var anonymous = host.Anonymous();
        return new DescribedCalls(JsonNode.Parse(await anonymous.GetStringAsync("/openapi/v1.json", Token))!);
    }

    /// <param name="id">The operation's.</param>
    /// <param name="body">Sent as JSON, or as it is when it is content.</param>
    /// <param name="key">What stands in the path, or with a question mark behind it.</param>
    /// <returns>The JSON that is answered; null when there is none.</returns>
    public async Task<JsonNode?> CallAsync(
        HttpClient client,
        string id,
        object? body = null,
        string key = "",
        (string Name, string Value)? header = null,
        int? status = null
    )
    {
        var (_, method, path, operation) = Operations().Single(one => one.Id == id);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), Filled(path, key));
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body));
        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        if (status is null && request.Content is JsonContent json)
        {
            var sent = JsonNode.Parse(await json.ReadAsStringAsync(Token));
            Fits(sent, operation["requestBody"]!["content"]!["application/json"]!, $"{id}'s request");
        }

        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        var described = operation["responses"]![$"{(int)answer.StatusCode}"];
        Assert.True(described is not null, $"{id} answers {(int)answer.StatusCode}, which is not described: {text}");
        Assert.True(status is null ? answer.IsSuccessStatusCode : (int)answer.StatusCode == status, $"{id}: {text}");
        if (answer.IsSuccessStatusCode)
        {
            done.Add(id);
        }

        return described["content"] is { } content ? Read(answer, text, content, id) : null;
    }

    private JsonNode? Read(HttpResponseMessage answer, string text, JsonNode content, string id)
    {
        var mediaType = answer.Content.Headers.ContentType?.MediaType ?? "";
        Assert.True(content[mediaType] is not null, $"{id} answers {mediaType}, which is not described");
        var isJson = mediaType.EndsWith("json", StringComparison.Ordinal);
        var value = isJson ? JsonNode.Parse(text) : JsonValue.Create(text);
        Fits(value, content[mediaType]!, $"{id}'s answer");
        return value;
    }

    private void Fits(JsonNode? value, JsonNode described, string what)
    {
        var faults = SchemaFaults.Of(value, described["schema"]!, document).ToList();
        Assert.True(faults.Count == 0, $"{what}: {string.Join("; ", faults)}");
    }

    private static string Filled(string path, string key)
    {
        if (key.StartsWith('?'))
        {
            return path + key;
        }

        // several, in the path's order, by a slash
        foreach (var part in key.Split('/'))
        {
            var begin = path.IndexOf('{', StringComparison.Ordinal);
            path = begin < 0 ? path : path[..begin] + part + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..];
        }

        return path;
    }

    private IEnumerable<(string Id, string Method, string Path, JsonNode Operation)> Operations() =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Value!["operationId"]!.GetValue<string>(), operation.Key, path.Key, operation.Value);
}
