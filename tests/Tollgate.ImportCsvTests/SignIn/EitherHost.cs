using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Tollgate.Identity;

namespace Tollgate.ImportCsvTests.SignIn;

/// <summary>Hydra or ImportCSV, as somebody sees them who signs in: what holds for one holds for the other.</summary>
internal sealed class EitherHost(RunningProduct product, string owner, string admin) : IAsyncDisposable
{
    public const string Password = "tollgate-demo";
    public const string Weak = "short";
    private const string LogInPath = "/api/auth/login?useCookies=true";

    public static TheoryData<string> Names => ["hydra", "importcsv"];

    public RunningProduct Product => product;

    public string Owner => owner;

    public string Admin => admin;

    public bool IsHydra => product is HydraHost;

    /// <summary>How the product calls the table of its users.</summary>
    public string Users => IsHydra ? "hydra.\"AspNetUsers\"" : "importcsv.\"AspNetUsers\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EitherHost> StartAsync(string name, params string[] settings) =>
        name == "hydra"
            ? new EitherHost(await HydraHost.StartAsync(settings), "owner@acme.test", "admin@hydra.test")
            : new EitherHost(await ImportCsvHost.StartAsync(settings), ImportCsvHost.Owner, "admin@importcsv.test");

    public ValueTask DisposeAsync() => product.DisposeAsync();

    public Task<HttpResponseMessage> LogInAsync(HttpClient client, string email, string password = Password) =>
        client.PostAsJsonAsync(LogInPath, new { email, password }, Token);

    public async Task<HttpClient> SignInAsync(string? email = null, string password = Password)
    {
        var client = product.Stranger();
        Assert.Equal(HttpStatusCode.NoContent, (await LogInAsync(client, email ?? owner, password)).StatusCode);
        return client;
    }

    public Task<HttpResponseMessage> SignUpAsync(HttpClient client, string email, string password = Password) =>
        IsHydra
            ? client.PostAsJsonAsync(
                "/api/auth/register",
                new
                {
                    organization = "Initech",
                    email,
                    password,
                },
                Token
            )
            : client.PostAsJsonAsync("/api/auth/sign-up", new { email, password }, Token);

    /// <summary>What a browser would send along, to be sent again by somebody who kept it.</summary>
    public async Task<string> CookieAsync(string? email = null)
    {
        using var client = product.Stranger();
        var answer = await LogInAsync(client, email ?? owner);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public async Task<HttpStatusCode> MeAsync(string cookie)
    {
        using var client = product.Stranger(handler =>
        {
            handler.UseCookies = false;
            return handler;
        });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/api/me", Token)).StatusCode;
    }

    /// <summary>Somebody on another address of this machine.</summary>
    public HttpClient From(string address) =>
        product.Stranger(handler =>
        {
            handler.ConnectCallback = async (connection, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(connection.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
            return handler;
        });

    /// <summary>How many passwords this host hashes while the call is made.</summary>
    public async Task<long> HashesAsync(Func<Task> call)
    {
        var count = 0L;
        using var listener = new MeterListener();
        var meters = product.Service<IMeterFactory>();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == PasswordWork.CounterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, added, _, _) => Interlocked.Add(ref count, added));
        product.Service<PasswordWork>(); // made with its first use, which is to be observed
        listener.Start();
        await call();
        return Interlocked.Read(ref count);
    }
}
