using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>
/// nginx that ends TLS before a product, as in production; it calls the product from an address of its own, 127.0.0.2.
/// </summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    public const string Address = "127.0.0.2";
    private const string Program = "/usr/sbin/nginx";
    private readonly Process nginx;
    private readonly DirectoryInfo folder;
    private readonly int port;

    private TlsProxy(Process nginx, DirectoryInfo folder, int port)
    {
        this.nginx = nginx;
        this.folder = folder;
        this.port = port;
    }

    /// <param name="below">The path of the site that is the product's: <c>/app</c>; the whole site by default.</param>
    /// <param name="takesOff">The product is asked without that path.</param>
    public static async Task<TlsProxy> StartAsync(Uri product, string below = "", bool takesOff = false)
    {
        if (!File.Exists(Program))
        {
            await DebianPackage.InstallAsync("nginx-light");
        }

        var home = Directory.CreateTempSubdirectory("tollgate-nginx-");
        var free = FreePort.Next();
        WriteCertificate(home.FullName);
        var configuration = Path.Combine(home.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(home.FullName, free, product, below, takesOff));
        var start = new ProcessStartInfo(Program, ["-p", home.FullName, "-c", configuration, "-e", "stderr"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var proxy = new TlsProxy(Process.Start(start)!, home, free);
        _ = proxy.nginx.StandardError.ReadToEndAsync();
        await Eventually.Async(proxy.AnswersAsync, what: "nginx to listen");
        return proxy;
    }

    /// <summary>A browser to which every name is this proxy.</summary>
    public HttpClient Client(Uri site) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
                ConnectCallback = async (_, token) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, port, token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = site,
        };

    public async ValueTask DisposeAsync()
    {
        nginx.Kill(entireProcessTree: true);
        await nginx.WaitForExitAsync();
        nginx.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false; // not yet
        }
    }

    private static void WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hydra.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    // docs/operations/behind-a-proxy.md shows the same
    private static string Configuration(string folder, int port, Uri product, string below, bool takesOff) =>
        $$"""
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate {{folder}}/cert.pem;
                    ssl_certificate_key {{folder}}/key.pem;
                    location {{below}}/ {
                        proxy_pass {{product.GetLeftPart(UriPartial.Authority)}}{{(takesOff ? "/" : "")}};
                        proxy_bind {{Address}};
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_buffering off;
                    }
                }
            }
            """;
}
