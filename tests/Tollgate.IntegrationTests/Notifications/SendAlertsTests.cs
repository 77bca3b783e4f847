using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Notifications;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>Open alerts reach whoever runs the product, without Prometheus.</summary>
public sealed class SendAlertsTests
{
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_alerts_go_out_once_by_mail_and_signed_to_a_webhook_and_those_resolved_before_do_not()
    {
        await using var resend = await FakeResend.StartAsync();
        await using var operators = await Operators.StartAsync();
        await using var hydra = await HydraHost.StartAsync([.. resend.Settings]);
        var send = Sender(hydra, operators.Url, "ops@hydra.test");
        await RaiseAsync(hydra, "double_billing", "acme", resolved: false);
        await RaiseAsync(hydra, "unknown_price", "globex", resolved: false);
        await RaiseAsync(hydra, "event_failed", "acme", resolved: true);

        // the first message is lost on its way: nothing counts as sent
        operators.Status = StatusCodes.Status500InternalServerError;
        await Assert.ThrowsAsync<HttpRequestException>(() => send.RunAsync(Token));
        operators.Status = StatusCodes.Status204NoContent;
        Assert.Equal(0, await send.RunAsync(Token)); // another node would find them taken
        await hydra.QueryAsync<object>("UPDATE billing.alerts SET send_not_before = '-infinity'");
        Assert.Equal(2, await send.RunAsync(Token));
        await hydra.QueryAsync<object>("UPDATE billing.alerts SET send_not_before = '-infinity'");
        Assert.Equal(0, await send.RunAsync(Token));

        Assert.Equal(2, operators.Messages.Count);
        Assert.Equal(operators.Messages[0].Id, operators.Messages[1].Id); // whoever got both knows it
        var message = JsonElement.Parse(operators.Messages[1].Body);
        Assert.Equal("alerts.raised", message.GetProperty("type").GetString());
        Assert.Equal(
            ["double_billing acme", "unknown_price globex"],
            message
                .GetProperty("data")
                .EnumerateArray()
                .Select(alert => $"{alert.GetProperty("reason")} {alert.GetProperty("account")}")
        );
        Assert.All(operators.Messages, posted => Assert.Equal(Sign(posted), posted.Signature));
        var mail = Assert.Single(resend.Mails);
        Assert.Equal("ops@hydra.test", mail.GetProperty("to")[0].GetString());
        Assert.Equal("2 billing alerts", mail.GetProperty("subject").GetString());
        Assert.Contains("double_billing acme", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tollgate:Alerts:Mail", "two@hydra.test, three@hydra.test", "Tollgate__Alerts__Mail")]
    [InlineData("Tollgate:Alerts:WebhookUrl", "http://operators.test/alerts", "Tollgate__Alerts__WebhookUrl")]
    [InlineData("Tollgate:Alerts:WebhookUrl", "https://operators.test/alerts", "Tollgate__Alerts__WebhookSecret")]
    public async Task A_channel_that_cannot_work_stops_the_start_by_name(string setting, string value, string named)
    {
        var failure = await Assert.ThrowsAsync<StartupException>(() => HydraHost.StartAsync($"--{setting}={value}"));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static SendAlerts Sender(HydraHost hydra, Uri url, string address)
    {
        var options = new TollgateOptions
        {
            Alerts = new()
            {
                Mail = address,
                WebhookUrl = url,
                WebhookSecret = Secret,
            },
        };
        return ActivatorUtilities.CreateInstance<SendAlerts>(hydra.Service<IServiceProvider>(), options);
    }

    private static Task RaiseAsync(HydraHost hydra, string reason, string account, bool resolved) =>
        hydra.QueryAsync<object>(
            $"""
            INSERT INTO billing.alerts (account_id, reason, detail, raised_at, resolved_at)
            VALUES ('{account}', '{reason}', 'detail', clock_timestamp(), {(resolved ? "clock_timestamp()" : "NULL")})
            """
        );

    // by the specification of Standard Webhooks, and not by the library that signs
    private static string Sign(Posted posted)
    {
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{posted.Id}.{posted.Timestamp}.{posted.Body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    private sealed record Posted(string Id, string Timestamp, string Signature, string Body);

    /// <summary>Takes what is posted, on a loopback port.</summary>
    private sealed class Operators : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Operators()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Run(async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var headers = http.Request.Headers;
                Messages.Add(
                    new Posted(
                        headers["webhook-id"].ToString(),
                        headers["webhook-timestamp"].ToString(),
                        headers["webhook-signature"].ToString(),
                        await reader.ReadToEndAsync(http.RequestAborted)
                    )
                );
                http.Response.StatusCode = Status;
            });
        }

        public List<Posted> Messages { get; } = [];

        public int Status { get; set; } = StatusCodes.Status204NoContent;

        public Uri Url => new(new Uri(app.Urls.Single()), "/alerts");

        public static async Task<Operators> StartAsync()
        {
            var server = new Operators();
            await server.app.StartAsync(TestContext.Current.CancellationToken);
            return server;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
