using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ImportCsv.Imports;

/// <summary>
/// Calls addresses that users typed: over https, to public machines only, following nothing. The address is checked
/// when the connection is made, so a name that changes its mind in between leads nowhere.
/// </summary>
internal sealed class CallbackHttp : IDisposable
{
    private readonly HttpClient http;
    private readonly bool mayBeLocal;

    public CallbackHttp(IConfiguration configuration, IHostEnvironment environment)
    {
        // for trying it out: a receiver on one's own machine
        mayBeLocal = environment.IsDevelopment() && configuration.GetValue("ImportCsv:LocalCallbacks", false);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectCallback = ConnectAsync,
            }
        )
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = 64 * 1024,
        };
    }

    /// <summary>Null when it was taken: a status of 200 to 299. Else why not.</summary>
    public async Task<string?> SendAsync(Callback callback, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var url = new Uri(callback.Url);
        if (url.Scheme != Uri.UriSchemeHttps && !(mayBeLocal && url.IsLoopback))
        {
            return "not https";
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(callback.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("ImportCsv-Signature", Sign(callback, now));
        try
        {
            using var answer = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return answer.IsSuccessStatusCode ? null : $"status {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return failure.InnerException is PrivateAddressException ? "a private address" : failure.GetType().Name;
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Like Stripe's: <c>t=SECONDS,v1=HMAC-SHA256 of SECONDS.BODY</c>.</summary>
    public static string Sign(Callback callback, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(callback.Secret),
            Encoding.UTF8.GetBytes($"{time}.{callback.Body}")
        );
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var address =
            addresses.FirstOrDefault(one => PublicAddress.Is(one) || (mayBeLocal && IPAddress.IsLoopback(one)))
            ?? throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The name leads to no public machine.</summary>
internal sealed class PrivateAddressException() : IOException("Only public addresses are called.");

/// <summary>Whether an address is one of the open internet's.</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    // of IPv6 only what is given out, without the parts that carry an IPv4 address inside
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Carriers =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Closed, network => network.Contains(plain))
            : Global.Contains(plain) && !Array.Exists(Carriers, network => network.Contains(plain));
    }
}
