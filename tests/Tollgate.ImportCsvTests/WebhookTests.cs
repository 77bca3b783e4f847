using System.Net;
using System.Text;

namespace Tollgate.ImportCsvTests;

/// <summary>What Stripe sends to ImportCSV, and what becomes of it.</summary>
public sealed class WebhookTests
{
    private static readonly string[] Five =
    [
        "checkout.session.completed",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "invoice.payment_failed",
        "invoice.payment_succeeded",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Nothing that means anything is ignored, whichever of Stripe's two words for money it is.</summary>
    [Fact]
    public async Task The_five_events_of_the_source_are_taken_and_a_forged_one_is_not()
    {
        await using var host = await ImportCsvHost.StartAsync();
        foreach (var type in Five)
        {
            var body = $$"""
                { "id": "evt_{{type.Replace('.', '_')}}", "object": "event", "type": "{{type}}", "created": 1790000000,
                  "livemode": false, "data": { "object": { "id": "x_1", "object": "x", "customer": "cus_unknown" } } }
                """;
            using var forged = await DeliverAsync(host, body, "t=1,v1=00");
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
            using var signed = await DeliverAsync(host, body, host.Sign(body));
            Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        }

        Assert.Equal(5L, await host.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts"));
        Assert.Equal(
            0L,
            await host.QueryAsync<long>("SELECT count(*) FROM billing.inbox_receipts WHERE state = 'ignored'")
        );
    }

    [Fact]
    public async Task A_subscription_that_is_deleted_stays_until_it_is_paid_and_is_free_then()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        await host.Stripe.DeleteAsync($"/v1/subscriptions/{await host.UserAsync<string>("subscription_id")}");
        await host.BecomesAsync("pro", "canceled");
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(32), Token);
        await host.BecomesAsync("free", "canceled");
    }

    /// <summary>Days 1 and 4 are past when mail can be sent again: day 7's is still worth reading.</summary>
    [Fact]
    public async Task After_an_outage_only_the_newest_mail_of_the_grace_goes_out()
    {
        await using var host = await ImportCsvHost.StartAsync();
        using var client = await host.SignInAsync();
        await host.BuyAsync(client, "pro");
        await host.MailAsync("You're on ImportCSV Pro");
        // as if every sender held them
        await host.RunAsync(
            """
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.not_before = 'infinity'; RETURN NEW; END $$;
            CREATE TRIGGER hold BEFORE INSERT ON billing.mails FOR EACH ROW EXECUTE FUNCTION hold();
            """
        );
        await host.FailRenewalAsync();
        await host.Sandbox.AdvanceAsync(TimeSpan.FromDays(6.1), Token);
        await Eventually.Async(
            async () => await CountAsync(host, "kind = 'payment_failed'") == 3,
            ct: Token,
            what: "the three mails of the grace to be queued"
        );

        await host.RunAsync("DROP TRIGGER hold ON billing.mails; UPDATE billing.mails SET not_before = '-infinity'");
        await host.MailAsync("Your ImportCSV payment did not go through: 1 day left");
        await Eventually.Async(
            async () => await CountAsync(host, "kind = 'payment_failed' AND state = 'superseded'") == 2,
            ct: Token,
            what: "the older two to be superseded"
        );
        Assert.Equal(1L, await CountAsync(host, "kind = 'payment_failed' AND state = 'sent'"));
    }

    private static Task<long> CountAsync(ImportCsvHost host, string which) =>
        host.QueryAsync<long>($"SELECT count(*) FROM billing.mails WHERE {which}");

    private static async Task<HttpResponseMessage> DeliverAsync(ImportCsvHost host, string body, string signature)
    {
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks/stripe")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", signature);
        return await client.SendAsync(request, Token);
    }
}
