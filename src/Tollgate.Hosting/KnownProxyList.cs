using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tollgate.Hosting;

/// <summary>The proxies that stand before the host, of the setting <c>Tollgate:KnownProxies</c>.</summary>
internal sealed record KnownProxyList(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks)
{
    /// <summary>Addresses and networks (<c>10.0.0.5, 10.1.0.0/16</c>); null where none is named.</summary>
    /// <exception cref="StartupException">One of them is neither.</exception>
    public static KnownProxyList? Read(string? setting)
    {
        var addresses = new List<IPAddress>();
        var networks = new List<System.Net.IPNetwork>();
        const StringSplitOptions parts = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var part in (setting ?? "").Split(',', parts))
        {
            if (IPAddress.TryParse(part, out var address))
            {
                addresses.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                throw new StartupException(
                    "Tollgate__KnownProxies must be addresses and networks with commas between: 10.0.0.5, 10.1.0.0/16"
                );
            }
        }

        return addresses.Count + networks.Count == 0 ? null : new KnownProxyList(addresses, networks);
    }

    /// <summary>
    /// Of each of the proxies in a row the last address is believed, as long as it is one of them. The host's name is
    /// never taken from a header: addresses of the product come from the settings.
    /// </summary>
    public ForwardedHeadersOptions ToOptions()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in Addresses)
        {
            options.KnownProxies.Add(address);
        }

        foreach (var network in Networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
