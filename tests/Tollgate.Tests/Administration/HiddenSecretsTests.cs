using Tollgate.Insight;

namespace Tollgate.Tests.Administration;

public sealed class HiddenSecretsTests
{
    [Theory]
    [InlineData("""{"client_secret":"x"}""")]
    [InlineData("""{"secret":"x"}""")]
    [InlineData("""{"data":{"object":{"payments":[{"any":"pi_1_secret_x"}]}}}""")]
    [InlineData("""{"hosted_invoice_url":"https://x"}""")]
    [InlineData("""{"invoice_pdf":"x"}""")]
    [InlineData("""{"url":"x"}""")]
    [InlineData("""{"urls":[],"receipt_url":"x"}""")]
    [InlineData("""{"fingerprint":"x"}""")]
    [InlineData("""["sk_test_x", "whsec_x"]""")]
    public void What_opens_something_is_hidden(string payload)
    {
        var shown = HiddenSecrets.Of(payload)!.ToJsonString();

        Assert.Contains(HiddenSecrets.Hidden, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("x\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void All_else_is_shown_as_it_came()
    {
        const string Payload =
            """{"id":"in_1","amount":2000,"big":12345678901234567890,"paid":true,"none":null,"lines":[{"a":1.50}]}""";

        Assert.Equal(Payload, HiddenSecrets.Of(Payload)!.ToJsonString());
    }
}
