using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

public sealed class PreviewLinesTests
{
    [Fact]
    public async Task A_preview_shows_ten_lines_and_lists_all_of_them_by_its_id()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox);
        var path = $"/v1/subscriptions/{subscription.Id}";
        for (var seats = 2; seats < 9; seats++)
        {
            await sandbox.AdvanceAsync(TimeSpan.FromHours(5));
            await sandbox.PostAsync(
                path,
                $"items[0][id]={subscription["items.data.0.id"]}",
                $"items[0][quantity]={seats}"
            );
        }

        var preview = await sandbox.PostAsync("/v1/invoices/create_preview", $"subscription={subscription.Id}");
        Assert.Equal("True", preview["lines.has_more"]);
        Assert.Equal(10, preview.At("lines.data").GetArrayLength());

        var lines = await sandbox.GetAsync($"/v1/invoices/{preview.Id}/lines", "limit=100");
        Assert.Equal(15, lines.Data.Count);
        Assert.Equal(preview.Int("subtotal"), lines.Data.Sum(line => line.GetProperty("amount").GetInt64()));
    }
}
