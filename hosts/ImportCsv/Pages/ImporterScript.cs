using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ImportCsv.Pages;

/// <summary>
/// The embeddable importer, one ES module that pages of any origin may load. It is built into this assembly as
/// <c>importer.js</c>; an assembly without it answers 404.
/// </summary>
internal static class ImporterScript
{
    public const string Path = "/importer.js";

    private static readonly Lazy<(byte[] Bytes, EntityTagHeaderValue Tag)?> Module = new(Load);

    public static IResult Get(HttpContext http)
    {
        if (Module.Value is not { } module)
        {
            return Results.NotFound();
        }

        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Bytes(module.Bytes, "text/javascript; charset=utf-8", entityTag: module.Tag);
    }

    private static (byte[] Bytes, EntityTagHeaderValue Tag)? Load()
    {
        using var stream = typeof(ImporterScript).Assembly.GetManifestResourceStream("importer.js");
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return (bytes, new EntityTagHeaderValue($"\"{tag}\""));
    }
}
