using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class StripeEventReaderTests
{
    [Fact]
    public void Invoice_event_names_its_customer_and_its_subscription()
    {
        Assert.Equal(
            new StripeEventEnvelope
            {
                Id = "evt_1",
                Type = "invoice.payment_failed",
                Created = DateTimeOffset.FromUnixTimeSeconds(1795003600),
                Livemode = false,
                ApiVersion = "2026-10-28.endive",
                ObjectType = "invoice",
                ObjectId = "in_1",
                CustomerId = "cus_1",
                SubscriptionId = "sub_1",
            },
            Readable(Samples.Utf8(Samples.Event))
        );
    }

    [Fact]
    public void Subscription_event_names_itself()
    {
        var envelope = Readable(EventOf(Samples.Subscription));

        Assert.Equal(("sub_1", "cus_1"), (envelope.SubscriptionId, envelope.CustomerId));
    }

    [Fact]
    public void Customer_event_names_itself()
    {
        var envelope = Readable(EventOf(Samples.Customer));

        Assert.Equal("cus_1", envelope.CustomerId);
        Assert.Null(envelope.SubscriptionId);
    }

    [Fact]
    public void Checkout_event_names_the_subscription_at_its_top()
    {
        var session = Encoding.UTF8.GetString(Samples.With(Samples.CheckoutSession, "subscription", "sub_7"));

        Assert.Equal("sub_7", Readable(EventOf(session)).SubscriptionId);
    }

    [Fact]
    public void Expanded_customer_stands_for_its_id() =>
        Assert.Equal(
            "cus_1",
            Readable(EventOf($$"""{"object":"invoice","customer":{{Samples.Customer}}}""")).CustomerId
        );

    [Fact]
    public void Summary_of_entitlements_has_no_id()
    {
        var envelope = Readable(
            EventOf("""{ "object": "entitlements.active_entitlement_summary", "customer": "cus_1" }""")
        );

        Assert.Equal((null, "cus_1"), (envelope.ObjectId, envelope.CustomerId));
    }

    [Fact]
    public void Parent_of_some_other_object_is_none_of_ours() =>
        Assert.Equal("pmc_1", Readable(EventOf("""{"id":"pmc_1","parent":"pmc_0"}""")).ObjectId);

    [Theory]
    [InlineData("id")]
    [InlineData("type")]
    [InlineData("created")]
    [InlineData("livemode")]
    [InlineData("data.object")]
    public void Missing_member_is_named(string member)
    {
        var unreadable = Unreadable(Samples.Without(Samples.Event, member));

        Assert.Equal((StripeEventFault.Missing, member), (unreadable.Fault, unreadable.Member));
    }

    [Theory]
    [InlineData("created", "\"now\"")]
    [InlineData("created", "1.5")]
    [InlineData("created", "253402300800")]
    [InlineData("livemode", "0")]
    [InlineData("type", "7")]
    [InlineData("type", "\"\"")]
    [InlineData("data.object.customer", "\"../cus_1\"")]
    [InlineData("data.object.customer", "7")]
    [InlineData("data.object.id", "\"in\\u0000_1\"")]
    [InlineData("data.object", "[]")]
    public void Malformed_member_is_named_and_the_id_is_known(string member, string json)
    {
        var unreadable = Unreadable(Samples.With(Samples.Event, member, JsonNode.Parse(json)));

        Assert.Equal((StripeEventFault.Malformed, member), (unreadable.Fault, unreadable.Member));
        Assert.Equal("evt_1", unreadable.EventId);
    }

    [Fact]
    public void Number_beyond_all_bounds_is_malformed_where_it_is_read_and_harmless_elsewhere()
    {
        Assert.Equal(StripeEventFault.Malformed, Unreadable(Replaced("1795003600,", "1e400,")).Fault);
        Assert.Equal("evt_1", Readable(Replaced("\"amount_due\": 11700", "\"amount_due\": 1e400")).Id);
    }

    [Fact]
    public void Member_that_is_there_twice_is_not_believed()
    {
        var twice = Unreadable(
            Replaced("\"customer\": \"cus_1\"", "\"customer\": \"cus_1\", \"cu\\u0073tomer\": \"cus_2\"")
        );

        Assert.Equal((StripeEventFault.Duplicate, "data.object.customer"), (twice.Fault, twice.Member));
    }

    [Fact]
    public void Bomb_of_brackets_is_no_event()
    {
        var bomb = new string('[', 10_000) + new string(']', 10_000);

        var unreadable = Unreadable(Replaced("\"amount_due\": 11700", $"\"amount_due\": {bomb}"));

        Assert.Equal((StripeEventFault.NotJson, "evt_1"), (unreadable.Fault, unreadable.EventId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\ufeff{}")]
    [InlineData("{} {}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"id\":\"evt\0\"}")]
    public void What_is_not_json_is_told(string body) =>
        Assert.Equal(StripeEventFault.NotJson, Unreadable(Samples.Utf8(body)).Fault);

    [Fact]
    public void Text_that_is_not_utf8_is_told()
    {
        byte[] body = [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(StripeEventFault.NotJson, Unreadable(body).Fault);
    }

    [Fact]
    public void Long_text_is_no_type()
    {
        var unreadable = Unreadable(Samples.With(Samples.Event, "type", new string('x', 1024 * 1024)));

        Assert.Equal("type", unreadable.Member);
    }

    [Fact]
    public void No_bytes_make_it_throw() =>
        Prop.ForAll<byte[]>(bytes => StripeEventReader.Read(bytes) is StripeEventReading.Unreadable)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_damage_to_a_real_event_makes_it_throw()
    {
        var sample = Samples.Utf8(Samples.Event);
        var damage = Gen.Choose(0, sample.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf();

        Prop.ForAll(
                damage.ToArbitrary(),
                changes =>
                {
                    var body = (byte[])sample.Clone();
                    foreach (var (at, value) in changes)
                    {
                        body[at] = (byte)value;
                    }

                    // what came of it is not the point; without damage it is readable
                    var reading = StripeEventReader.Read(body);
                    return changes.Length > 0 || reading is StripeEventReading.Readable;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void No_cut_of_a_real_event_is_readable()
    {
        var sample = Samples.Utf8(Samples.Event);

        for (var length = 0; length < sample.Length; length++)
        {
            Assert.IsType<StripeEventReading.Unreadable>(StripeEventReader.Read(sample.AsSpan(0, length)));
        }
    }

    private static byte[] EventOf(string json) => Samples.With(Samples.Event, "data.object", JsonNode.Parse(json));

    private static byte[] Replaced(string old, string @new)
    {
        Assert.Contains(old, Samples.Event, StringComparison.Ordinal);
        return Samples.Utf8(Samples.Event.Replace(old, @new, StringComparison.Ordinal));
    }

    private static StripeEventEnvelope Readable(byte[] body) =>
        Assert.IsType<StripeEventReading.Readable>(StripeEventReader.Read(body.AsMemory())).Envelope;

    private static StripeEventReading.Unreadable Unreadable(byte[] body) =>
        Assert.IsType<StripeEventReading.Unreadable>(StripeEventReader.Read(body.AsMemory()));
}
