using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Tollgate.Http;

/// <summary>The web components, ES modules built from src/Tollgate.Web and embedded here.</summary>
internal sealed class WebComponents
{
    public static readonly WebComponents Billing = new("tollgate.js");

    /// <summary>The prompt at a limit alone, for pages that show nothing else.</summary>
    public static readonly WebComponents UpgradePrompt = new("upgrade-prompt.js");

    /// <summary>Their sentences in German.</summary>
    public static readonly WebComponents German = new("de.js");

    /// <summary>Apart from the others, so that who buys a plan does not wait for an administrator's pages.</summary>
    public static readonly WebComponents Administration = new("admin.js");

    /// <summary>What the scripts of a host's own pages share.</summary>
    public static readonly WebComponents Pages = new("pages.js");

    private readonly Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)> module;

    private WebComponents(string file)
    {
        Path = $"/tollgate/{file}";
        module = new(() => Load(file));
    }

    private string Path { get; }

    /// <summary>For everybody: they show no account, and a browser sends no bearer token with them.</summary>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, Get).AllowAnonymous();

    private IResult Get() =>
        Results.Bytes(module.Value.Bytes, "text/javascript; charset=utf-8", entityTag: module.Value.Tag);

    private static (byte[] Bytes, EntityTagHeaderValue Tag) Load(string file)
    {
        using var stream =
            typeof(WebComponents).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException("The web components were not built into this assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return (bytes, new EntityTagHeaderValue($"\"{tag}\""));
    }
}
