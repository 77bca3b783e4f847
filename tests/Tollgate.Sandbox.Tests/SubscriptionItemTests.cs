using Tollgate.Sandbox.Tests.Support;

namespace Tollgate.Sandbox.Tests;

/// <summary>Subscription items as URLs of their own.</summary>
public sealed class SubscriptionItemTests
{
    [Fact]
    public async Task Items_are_listed_read_added_changed_and_deleted()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var subscription = await Some.SubscriptionAsync(sandbox, quantity: 2);
        var price = await Some.PriceAsync(sandbox, 700);
        var added = await sandbox.PostAsync(
            "/v1/subscription_items",
            $"subscription={subscription.Id}",
            $"price={price}",
            "quantity=4",
            "metadata[kind]=extra"
        );
        Assert.Equal(price, added["price.id"]);
        Assert.Equal("extra", added["metadata.kind"]);
        var listed = await sandbox.GetAsync("/v1/subscription_items", $"subscription={subscription.Id}");
        Assert.Equal([subscription["items.data.0.id"], added.Id], listed.Ids);
        var changed = await sandbox.PostAsync($"/v1/subscription_items/{added.Id}", "quantity=5");
        Assert.Equal(5, changed.Int("quantity"));
        Assert.Equal(5, (await sandbox.GetAsync($"/v1/subscription_items/{added.Id}")).Int("quantity"));
        var deleted = await sandbox.DeleteAsync($"/v1/subscription_items/{added.Id}");
        Assert.Equal("True", deleted["deleted"]);
        await sandbox.RefusedAsync(404, HttpMethod.Get, $"/v1/subscription_items/{added.Id}");
        var last = subscription["items.data.0.id"];
        await sandbox.RefusedAsync(400, HttpMethod.Delete, $"/v1/subscription_items/{last}");
    }

    [Fact]
    public async Task New_price_without_quantity_means_one_and_is_prorated_to_minus_15_dollars()
    {
        await using var sandbox = await TestSandbox.StartAtAsync(DateTimeOffset.FromUnixTimeSeconds(1775001600));
        var subscription = await Some.SubscriptionAsync(
            sandbox,
            price: await Some.PriceAsync(sandbox, 1000),
            quantity: 5
        );
        await sandbox.AdvanceToAsync(1776297600);
        var price = await Some.PriceAsync(sandbox, 2000);
        var id = subscription["items.data.0.id"];
        var item = await sandbox.PostAsync($"/v1/subscription_items/{id}", $"price={price}");
        Assert.Equal(1, item.Int("quantity"));
        var waiting = await sandbox.GetAsync("/v1/invoiceitems");
        Assert.Equal([1000, -2500], waiting.Data.Select(one => one.GetProperty("amount").GetInt64()));
    }
}
