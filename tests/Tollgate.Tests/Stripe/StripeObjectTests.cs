using System.Text.Json.Nodes;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class StripeObjectTests
{
    [Fact]
    public void Subscription_is_read_with_its_item_and_its_expanded_invoice()
    {
        var subscription = ReadSubscription(Samples.Utf8(Samples.Subscription));

        Assert.Equal(("sub_1", "cus_1", "past_due"), (subscription.Id, subscription.CustomerId, subscription.Status));
        Assert.Equal("classic", subscription.BillingModeType);
        Assert.Equal("pm_1", subscription.DefaultPaymentMethod);
        Assert.Equal("acme", subscription.Metadata["hydra_tenant_id"]);
        Assert.Equal("in_1", subscription.LatestInvoiceId);
        Assert.Equal("open", subscription.LatestInvoice?.Status);
        Assert.Null(subscription.PauseCollection);
        Assert.Equal(
            new StripeSubscriptionItem
            {
                Id = "si_1",
                PriceId = "price_1",
                ProductId = "prod_1",
                Quantity = 3,
                CurrentPeriodStart = DateTimeOffset.FromUnixTimeSeconds(1795000000),
                CurrentPeriodEnd = DateTimeOffset.FromUnixTimeSeconds(1797592000),
                Interval = "month",
            },
            Assert.Single(subscription.Items)
        );
    }

    [Fact]
    public void Expandable_members_are_read_as_ids_and_as_objects()
    {
        var plain = ReadSubscription(Samples.With(Samples.Subscription, "latest_invoice", "in_9"));
        Assert.Equal("in_9", plain.LatestInvoiceId);
        Assert.Null(plain.LatestInvoice);

        var expanded = ReadSubscription(
            Samples.With(
                Samples.Subscription,
                "customer",
                JsonNode.Parse("""{ "metadata": { "id": "no" }, "id": "cus_9" }""")
            )
        );
        Assert.Equal("cus_9", expanded.CustomerId);
    }

    [Fact]
    public void Values_that_came_to_be_later_stay_as_they_are()
    {
        var subscription = ReadSubscription(Samples.With(Samples.Subscription, "status", "hibernating"));

        Assert.Equal("hibernating", subscription.Status);
    }

    [Fact]
    public void Paused_collection_is_seen()
    {
        var paused = JsonNode.Parse("""{ "behavior": "void", "resumes_at": null }""");

        Assert.Equal(
            "void",
            ReadSubscription(Samples.With(Samples.Subscription, "pause_collection", paused)).PauseCollection
        );
    }

    [Theory]
    [InlineData("status", "$")]
    [InlineData("cancel_at", "$")]
    [InlineData("latest_invoice", "$")]
    [InlineData("billing_mode", "$")]
    [InlineData("items.data.0.current_period_end", "$.items.data[0]")]
    [InlineData("items.data.0.price.product", "$.items.data[0].price")]
    [InlineData("latest_invoice.status_transitions", "$.latest_invoice")]
    [InlineData("latest_invoice.lines.data.0.period.end", "$.latest_invoice.lines.data[0].period")]
    [InlineData("latest_invoice.lines.has_more", "$.latest_invoice.lines")]
    public void Missing_member_that_is_relied_on_is_named_not_guessed(string member, string at)
    {
        var shape = Assert.Throws<StripeShapeException>(() =>
            ReadSubscription(Samples.Without(Samples.Subscription, member))
        );

        Assert.Equal(at, shape.Path);
        Assert.Contains(member.Split('.')[^1], shape.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", null)]
    [InlineData("created", "soon")]
    [InlineData("customer", null)]
    [InlineData("items.data.0.id", null)]
    [InlineData("items.data.0", null)]
    [InlineData("items", null)]
    [InlineData("items.data.0.quantity", "3")]
    public void Member_of_another_type_is_no_fact(string member, string? value) =>
        Assert.Throws<StripeShapeException>(() =>
            ReadSubscription(Samples.With(Samples.Subscription, member, value is null ? null : JsonValue.Create(value)))
        );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"id":"\ud800"}""")]
    [InlineData("[]")]
    public void What_is_not_the_object_has_no_shape(string body) =>
        Assert.Throws<StripeShapeException>(() => ReadSubscription(Samples.Utf8(body)));

    [Fact]
    public void Shape_exception_quotes_no_value()
    {
        var shape = Assert.Throws<StripeShapeException>(() =>
            ReadSubscription(Samples.With(Samples.Subscription, "created", "owner@acme.test"))
        );

        Assert.Equal("$.created", shape.Path);
        Assert.DoesNotContain("owner@acme.test", shape.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invoice_knows_its_subscription_its_times_and_its_lines()
    {
        var invoice = Samples.Read<Sdk.Invoice, StripeInvoice>(Samples.Utf8(Samples.Invoice), StripeInvoice.Of);

        Assert.Equal("sub_1", invoice.SubscriptionId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795003600), invoice.FinalizedAt);
        Assert.Null(invoice.PaidAt);
        Assert.Equal((1L, 11700L, 0L), (invoice.AttemptCount, invoice.AmountDue, invoice.AmountPaid));
        var line = Assert.Single(invoice.Lines);
        Assert.Equal(("price_1", "sub_1", "si_1"), (line.PriceId, line.SubscriptionId, line.SubscriptionItemId));
        Assert.False(line.IsProration);
    }

    [Fact]
    public void One_off_invoice_has_no_subscription()
    {
        var oneOff = Samples.Read<Sdk.Invoice, StripeInvoice>(
            Samples.With(Samples.Invoice, "parent", null),
            StripeInvoice.Of
        );

        Assert.Null(oneOff.SubscriptionId);
    }

    [Fact]
    public void Proration_is_told_by_either_kind_of_parent()
    {
        var renewed = Samples.With(Samples.Line, "parent.subscription_item_details.proration", value: true);

        Assert.Equal(
            [true, false, true],
            new[] { Samples.Utf8(Samples.ProrationLine), Samples.Utf8(Samples.Line), renewed }.Select(line =>
                Samples.Read<Sdk.InvoiceLineItem, StripeInvoiceLine>(line, StripeInvoiceLine.Of).IsProration
            )
        );
    }

    [Fact]
    public void Deleted_customer_has_an_id_and_nothing_else()
    {
        var json = """{ "id": "cus_1", "object": "customer", "deleted": true }""";

        var customer = Samples.Read<Sdk.Customer, StripeCustomer>(Samples.Utf8(json), StripeCustomer.Of);

        Assert.True(customer.Deleted);
        Assert.Empty(customer.Metadata);
    }

    [Fact]
    public void Checkout_session_without_metadata_has_an_empty_map()
    {
        var session = Samples.Read<Sdk.Checkout.Session, StripeCheckoutSession>(
            Samples.Utf8(Samples.CheckoutSession),
            StripeCheckoutSession.Of
        );

        Assert.Empty(session.Metadata);
        Assert.Equal(("open", "unpaid", "subscription"), (session.Status, session.PaymentStatus, session.Mode));
        Assert.Null(session.SubscriptionId);
    }

    [Fact]
    public void Portal_features_that_are_off_allow_nothing()
    {
        var portal = Samples.Read<Sdk.BillingPortal.Configuration, StripePortalConfiguration>(
            Samples.Utf8(Samples.PortalConfiguration),
            StripePortalConfiguration.Of
        );

        Assert.Equal("at_period_end", portal.Features.CancelMode);
        Assert.Empty(portal.Features.AllowedUpdates);
        Assert.Equal("year", portal.Metadata["interval"]);
    }

    [Fact]
    public void Price_is_read_with_its_interval()
    {
        var price = Samples.Read<Sdk.Price, StripePrice>(Samples.Utf8(Samples.Price), StripePrice.Of);

        Assert.Equal(("prod_1", 3900L, "month"), (price.ProductId, price.UnitAmount, price.Interval));
        Assert.Equal("team_monthly", price.LookupKey);
    }

    private static StripeSubscription ReadSubscription(byte[] json) =>
        Samples.Read<Sdk.Subscription, StripeSubscription>(json, StripeSubscription.Of);
}
