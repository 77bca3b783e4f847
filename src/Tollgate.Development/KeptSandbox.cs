using System.Text.Json;

namespace Tollgate.Development;

/// <summary>
/// What a serving host keeps of its Sandbox beside its journal, for the next start and for commands: where both were
/// reached, and the secret of each webhook endpoint, which Stripe shows once. A host that serves at another address has
/// an endpoint of its own there, and takes no other's secret away. Only a serving host writes it.
/// </summary>
internal sealed record KeptSandbox
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <summary>Of the host that served last.</summary>
    public Uri? AppUrl { get; init; }

    /// <summary>Its Sandbox.</summary>
    public Uri? SandboxUrl { get; init; }

    /// <summary>By the endpoint's address.</summary>
    public IReadOnlyDictionary<string, KeptEndpoint> Endpoints { get; init; } = new Dictionary<string, KeptEndpoint>();

    public static async Task<KeptSandbox> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = PathIn(folder);
        if (!File.Exists(file))
        {
            return new KeptSandbox();
        }

        try
        {
            await using var text = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<KeptSandbox>(text, Indented, cancellationToken)
                ?? new KeptSandbox();
        }
        catch (JsonException)
        {
            return new KeptSandbox(); // broken off while it was written: the endpoint is made anew
        }
    }

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = PathIn(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var text = new FileStream(file + ".new", options))
        {
            await JsonSerializer.SerializeAsync(text, this, Indented, cancellationToken);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    private static string PathIn(string folder) => Path.Combine(folder, "sandbox.json");
}

/// <param name="Id">Of the endpoint that has the secret; one that was made anew has another.</param>
internal sealed record KeptEndpoint(string Id, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Id;
}
