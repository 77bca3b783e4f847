using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>A journal goes on at another port.</summary>
public sealed class MovedAddressTests
{
    [Fact]
    public async Task Links_lead_to_where_the_sandbox_answers_now()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-moved-");
        try
        {
            string invoice;
            string session;
            await using (var former = await TestSandbox.StartAsync(new() { DataDirectory = folder.FullName }))
            {
                var subscription = await Some.SubscriptionAsync(former);
                invoice = subscription["latest_invoice"];
                session = (
                    await former.PostAsync(
                        "/v1/checkout/sessions",
                        "mode=setup",
                        "currency=usd",
                        "success_url=http://localhost:8000/done"
                    )
                ).Id;
            }

            await using var sandbox = await TestSandbox.StartAsync(new() { DataDirectory = folder.FullName });
            var hosted = (await sandbox.GetAsync($"/v1/invoices/{invoice}"))["hosted_invoice_url"];
            Assert.StartsWith(sandbox.Server.BaseAddress.ToString(), hosted, StringComparison.Ordinal);
            await Form.ReadAsync(sandbox, new Uri(hosted).AbsolutePath);
            var url = (await sandbox.GetAsync($"/v1/checkout/sessions/{session}"))["url"];
            Assert.StartsWith(sandbox.Server.BaseAddress.ToString(), url, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
