using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Tollgate.Development;

/// <summary>Where a browser on this machine finds the host, by where it listens.</summary>
internal static class OwnAddress
{
    /// <summary>The first address; null where nothing says.</summary>
    public static string? Find(IConfiguration configuration)
    {
        // as the server reads them: addresses win over ports
        if (First(configuration[WebHostDefaults.ServerUrlsKey]) is { } url)
        {
            var address = BindingAddress.Parse(url);
            var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            return $"{address.Scheme}://{host}:{address.Port}";
        }

        return First(configuration[WebHostDefaults.HttpPortsKey]) is { } port ? $"http://localhost:{port}"
            : First(configuration[WebHostDefaults.HttpsPortsKey]) is { } secure ? $"https://localhost:{secure}"
            : null;
    }

    private static string? First(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..]
            ? first
            : null;
}
