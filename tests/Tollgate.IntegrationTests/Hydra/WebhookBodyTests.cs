using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Bodies that do not arrive as they should.</summary>
public sealed class WebhookBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_comes_too_slowly_or_not_whole_is_answered_400_as_nothing_that_was_signed()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var slow = new TcpClient();
        await slow.ConnectAsync(IPAddress.Loopback, hydra.Address.Port, Token);
        var head =
            "POST /api/webhooks/stripe HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Stripe-Signature: t=1,v1=00\r\nContent-Length: 100000\r\n\r\n{";
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Token);

        using var reader = new StreamReader(slow.GetStream());
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(Token)); // after the server's grace
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
    }
}
