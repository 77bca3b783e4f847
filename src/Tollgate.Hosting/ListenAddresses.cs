using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Tollgate.Hosting;

/// <summary>Where a host listens, by its settings.</summary>
internal static class ListenAddresses
{
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>As the server reads them: endpoints win over URLs, URLs over ports. Empty where nothing says.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration) =>
        [
            .. configuration.GetSection(Endpoints).GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
            .. Parts(configuration[WebHostDefaults.ServerUrlsKey]),
            .. Parts(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Parts(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];

    /// <summary>The same as who is on this machine asks for it.</summary>
    /// <param name="machine">What this machine is called, where it listens at all of its addresses.</param>
    public static Uri OnThisMachine(string address, string machine)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? machine : binding.Host;
        return new UriBuilder(binding.Scheme, host, binding.Port).Uri;
    }

    /// <summary>Parts of a list of settings, which are divided by semicolons.</summary>
    public static string[] Parts(string? setting) =>
        setting?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
