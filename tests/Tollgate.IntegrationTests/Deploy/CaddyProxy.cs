using System.Diagnostics;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Deploy;

/// <summary>Caddy with deploy/Caddyfile, before nodes on this machine; without TLS, since no name leads here.</summary>
internal sealed class CaddyProxy : IAsyncDisposable
{
    private const string Program = "/usr/bin/caddy";
    private readonly Process caddy;
    private readonly DirectoryInfo folder;

    private CaddyProxy(Process caddy, DirectoryInfo folder, Uri address)
    {
        this.caddy = caddy;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Where one will be.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort.Next()}");

    public static async Task<CaddyProxy> StartAsync(Uri address, params Uri[] nodes)
    {
        if (!File.Exists(Program))
        {
            await DebianPackage.InstallAsync("caddy");
        }

        var home = Directory.CreateTempSubdirectory("tollgate-caddy-");
        string[] arguments = ["run", "--adapter", "caddyfile", "--config", PublishedHost.DeployFile("Caddyfile")];
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["SITES"] = address.GetLeftPart(UriPartial.Authority),
                ["UPSTREAMS"] = string.Join(' ', nodes.Select(node => node.Authority)),
                ["HOME"] = home.FullName,
            },
        };
        var proxy = new CaddyProxy(Process.Start(start)!, home, address);
        var errors = proxy.caddy.StandardError.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Async(
            async () =>
            {
                Assert.False(proxy.caddy.HasExited, proxy.caddy.HasExited ? await errors : "");
                try
                {
                    using var answer = await client.GetAsync("/health/ready");
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false; // not listening yet
                }
            },
            what: "Caddy to lead to a node"
        );
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        caddy.Kill();
        await caddy.WaitForExitAsync();
        caddy.Dispose();
        folder.Delete(recursive: true);
    }
}
