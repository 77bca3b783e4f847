using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class StripePathTests
{
    [Theory]
    [InlineData("/v1/customers", "/v1/customers")]
    [InlineData("/v1/customers/cus_1?expand[0]=x", "/v1/customers/{id}")]
    [InlineData("/v1/products/team/features", "/v1/products/{id}/features")]
    [InlineData("/v1/products/team/features/prodft_1", "/v1/products/{id}/features/{id}")]
    [InlineData("/v1/invoices/create_preview", "/v1/invoices/create_preview")]
    [InlineData("/v1/invoices/in_1/lines", "/v1/invoices/{id}/lines")]
    [InlineData("/v1/checkout/sessions", "/v1/checkout/sessions")]
    [InlineData("/v1/checkout/sessions/cs_1/expire", "/v1/checkout/sessions/{id}/expire")]
    [InlineData("/v1/billing_portal/configurations/bpc_1", "/v1/billing_portal/configurations/{id}")]
    [InlineData("/v1/tax/settings", "/v1/tax/settings")]
    [InlineData("/v1/customers/search?query=x", "/v1/customers/search")]
    [InlineData("/below/v1/events/evt_1", "/v1/events/{id}")]
    public void Logs_and_metrics_name_a_path_without_its_ids(string path, string template) =>
        Assert.Equal(template, StripePath.TemplateOf(new Uri($"http://127.0.0.1:12111{path}")));
}
