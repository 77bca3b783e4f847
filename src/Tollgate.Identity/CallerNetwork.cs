using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Identity;

/// <summary>From where a call comes, as limits count it. Pure.</summary>
/// <param name="Address">One address of IPv4; of IPv6 the /64, as one customer has all of it.</param>
/// <param name="Network">What surrounds it: the /24, or the /48.</param>
internal sealed record CallerNetwork(string Address, string Network)
{
    public static CallerNetwork Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    public static CallerNetwork Of(IPAddress? address) =>
        address switch
        {
            null => new CallerNetwork("none", "none"),
            { IsIPv4MappedToIPv6: true } => Of(address.MapToIPv4()),
            { AddressFamily: AddressFamily.InterNetworkV6 } => new CallerNetwork(Cut(address, 64), Cut(address, 48)),
            _ => new CallerNetwork($"{address}", Cut(address, 24)),
        };

    private static string Cut(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bits / 8, bytes.Length - (bits / 8));
        return $"{new IPNetwork(new IPAddress(bytes), bits)}";
    }
}
