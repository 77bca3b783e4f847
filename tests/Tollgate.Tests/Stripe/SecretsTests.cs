using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class SecretsTests
{
    [Fact]
    public void Settings_name_no_secret_in_their_text()
    {
        var text = SomeStripe.Settings(new("http://user:hushHush@127.0.0.1:12111")).ToString();

        Assert.DoesNotContain("mostSecret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lessSecret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alsoSecret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hushHush", text, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:12111", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Webhook_endpoint_does_not_print_its_signing_secret()
    {
        var endpoint = Samples.Read<Sdk.WebhookEndpoint, StripeWebhookEndpoint>(
            Samples.Utf8(Samples.WebhookEndpoint),
            StripeWebhookEndpoint.Of
        );

        Assert.Equal("whsec_fresh", endpoint.Secret);
        Assert.DoesNotContain("whsec", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_abc", false)]
    [InlineData("rk_test_abc", false)]
    [InlineData("sk_live_abc", true)]
    [InlineData("rk_live_abc", true)]
    public void Mode_follows_from_the_key(string key, bool live) =>
        Assert.Equal(live, (SomeStripe.Settings() with { SecretKey = key }).LiveMode);

    [Theory]
    [InlineData("")]
    [InlineData("pk_test_mostSecret")]
    [InlineData("sk_test_mostSecret\r\nX: y")]
    [InlineData("mostSecret")]
    public void Malformed_key_is_refused_without_being_quoted(string key)
    {
        var settings = SomeStripe.Settings() with { SecretKey = key };

        var refused = Assert.Throws<ArgumentException>(() => StripeClient.Create(settings, TimeProvider.System));

        Assert.DoesNotContain("mostSecret", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.stripe.com")]
    [InlineData("ftp://api.stripe.com")]
    public void Live_key_travels_encrypted_only(string address)
    {
        var settings = SomeStripe.Settings(new(address)) with { SecretKey = "sk_live_abc" };

        Assert.Throws<ArgumentException>(() => StripeClient.Create(settings, TimeProvider.System));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("ümlaut")]
    public void Idempotency_key_is_visible_ascii(string value) =>
        Assert.Throws<ArgumentException>(() => new IdempotencyKey(value));

    [Fact]
    public void Idempotency_key_has_at_most_255_characters()
    {
        Assert.Equal(255, new IdempotencyKey(new string('k', 255)).Value.Length);
        Assert.Throws<ArgumentException>(() => new IdempotencyKey(new string('k', 256)));
    }

    [Fact]
    public async Task Idempotency_key_that_was_never_given_is_refused_before_anything_is_sent()
    {
        using var client = StripeClient.Create(SomeStripe.Settings(), TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            client.CreateCustomer(new(), default, TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("../customers")]
    [InlineData("cus_1/subscriptions")]
    [InlineData("cus_1?expand")]
    [InlineData("cus_1\n")]
    public async Task Id_that_could_lead_elsewhere_does_not_come_into_a_path(string id)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = StripeClient.Create(SomeStripe.Settings(), TimeProvider.System);

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetCustomer(id, token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.VoidInvoice(id, SomeStripe.Key, token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.DeleteCustomer(id, token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.ListProductFeatures(id, token));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetEvent(id, token));
    }
}
