using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tollgate;

/// <summary>The web components, one ES module built from src/Tollgate.Web and embedded here.</summary>
internal static class WebComponents
{
    public const string Path = "/tollgate/tollgate.js";

    private static readonly Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)> Module = new(Load);

    public static IResult Get() =>
        Results.Bytes(Module.Value.Bytes, "text/javascript; charset=utf-8", entityTag: Module.Value.Tag);

    private static (byte[] Bytes, EntityTagHeaderValue Tag) Load()
    {
        using var stream =
            typeof(WebComponents).Assembly.GetManifestResourceStream("tollgate.js")
            ?? throw new InvalidOperationException("The web components were not built into this assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return (bytes, new EntityTagHeaderValue($"\"{tag}\""));
    }
}
