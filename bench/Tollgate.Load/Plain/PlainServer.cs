using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tollgate.Load.Processes;

namespace Tollgate.Load.Plain;

/// <summary>
/// What somebody would write in place of the library, as small web apps, each in a process of its own:
/// <c>serve WHAT</c>. They log nothing.
/// </summary>
internal static class PlainServer
{
    public const string WebhookPath = "/api/webhooks/stripe";
    public const string StatusPath = "/api/billing/status";
    public const string ReadyPath = "/";
    private const string Address = "LOAD_ADDRESS";
    private const string Database = "LOAD_DATABASE";
    private const string Secret = "LOAD_SECRET";

    public static IReadOnlyDictionary<string, string> Settings(Uri address, string database, string secret) =>
        new Dictionary<string, string>
        {
            [Address] = address.AbsoluteUri,
            [Database] = database,
            [Secret] = secret,
        };

    public static async Task<int> RunAsync(string what)
    {
        await using var database = NpgsqlDataSource.Create(Read(Database));
        var secret = Encoding.UTF8.GetBytes(Read(Secret));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Read(Address));
        await using var app = builder.Build();
        app.MapGet(ReadyPath, () => "");
        await using var batch = new BatchedInsert(database);
        switch (what)
        {
            case "bare":
                MapWebhook(_ => Task.CompletedTask);
                break;
            case "insert":
                await database.RunAsync(PlainTables.Events, CancellationToken.None);
                MapWebhook(body => SingleInsert.RunAsync(database, body));
                break;
            case "batch":
                await database.RunAsync(PlainTables.Events, CancellationToken.None);
                MapWebhook(batch.RunAsync);
                break;
            case "status":
                app.MapGet(StatusPath, (Delegate)((HttpContext http) => PlainStatus.AnswerAsync(http, database)));
                break;
            case "status-joined":
                app.MapGet(StatusPath, (Delegate)((HttpContext http) => PlainStatus.AnswerJoinedAsync(http, database)));
                break;
            default:
                throw new ArgumentException($"There is no plain server called {what}.", nameof(what));
        }

        await app.RunAsync();
        return 0;

        void MapWebhook(Func<byte[], Task> recordAsync) =>
            app.MapPost(
                WebhookPath,
                async (HttpContext http) =>
                {
                    using var buffer = new MemoryStream();
                    await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
                    var body = buffer.ToArray();
                    if (!IsSigned(http.Request.Headers["Stripe-Signature"].ToString(), body, secret))
                    {
                        return Results.BadRequest();
                    }

                    await recordAsync(body);
                    return Results.Text("{\"received\":true}", "application/json");
                }
            );
    }

    private static bool IsSigned(string header, byte[] body, byte[] secret)
    {
        var parts = header.Split(',');
        if (parts is not [['t', '=', .. var time], ['v', '1', '=', .. var given]])
        {
            return false;
        }

        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(secret, signed),
            Convert.FromHexString(given)
        );
    }

    private static string Read(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
