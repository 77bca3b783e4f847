using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>What we rely on in the SDK's form encoding.</summary>
public sealed class FormEncodingTests
{
    [Fact]
    public void Values_are_spelled_as_Stripe_reads_them()
    {
        var session = new Sdk.Checkout.SessionCreateOptions
        {
            AllowPromotionCodes = true,
            AutomaticTax = new() { Enabled = false },
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_999).UtcDateTime,
            LineItems = [new() { Price = "price_1", Quantity = -1050 }],
            Locale = "de",
            Metadata = new() { ["tenant id"] = "ac&me=1" },
        };

        SentForm.IsOf(
            """
            allow_promotion_codes=true
            automatic_tax[enabled]=false
            expires_at=1795000000
            line_items[0][price]=price_1
            line_items[0][quantity]=-1050
            locale=de
            metadata[tenant id]=ac&me=1
            """,
            session
        );
    }

    [Fact]
    public void Null_is_not_sent_and_unset_is_an_empty_value() =>
        Assert.Equal(
            "description=",
            SentForm.Of(new ProductUpdate { Name = null, Description = FormText.Unset }.ToOptions())
        );

    [Fact]
    public void An_empty_list_empties_the_one_at_Stripe() =>
        Assert.Equal("enabled_events=", SentForm.Of(new WebhookEndpointUpdate { EnabledEvents = [] }.ToOptions()));

    [Fact]
    public void A_null_that_is_assigned_takes_the_metadata_away() =>
        Assert.Equal("metadata=", SentForm.Of(new Sdk.CustomerUpdateOptions { Metadata = null }));

    [Fact]
    public void Any_names_and_texts_come_back_as_they_were()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Select(chars => Printable(chars ?? ""));
        var fields = text.Select(Key).Zip(text).ArrayOf();

        Prop.ForAll(
                fields.ToArbitrary(),
                pairs =>
                {
                    var metadata = new Dictionary<string, string>();
                    foreach (var (name, value) in pairs)
                    {
                        metadata[name] = value;
                    }

                    var options = new CustomerParams { Metadata = metadata }.ToUpdate();
                    var expected = metadata.Select(pair => KeyValuePair.Create($"metadata[{pair.Key}]", pair.Value));
                    return expected.SequenceEqual(Decode(SentForm.Encoded(options)));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encoded_form_holds_no_byte_that_a_form_may_not()
    {
        Prop.ForAll<NonNull<string>>(text =>
            {
                var form = SentForm.Encoded(new CustomerParams { Name = Printable(text.Get) }.ToUpdate());
                return form["name=".Length..]
                    .All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.!*()~%+[]".Contains(letter));
            })
            .QuickCheckThrowOnFailure();
    }

    // half a surrogate pair is no text and has no encoding
    private static string Printable(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);

    // Stripe takes no bracket in a key, and the SDK would read it as a member
    private static string Key(string text) => new([.. text.Where(letter => letter is not ('[' or ']'))]);

    private static List<KeyValuePair<string, string>> Decode(string form) =>
        [
            .. form.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('='))
                .Select(parts => KeyValuePair.Create(DecodePart(parts[0]), DecodePart(parts[1]))),
        ];

    // written anew, byte by byte, so that it shares no mistake with the encoder
    private static string DecodePart(string part)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '%')
            {
                bytes.Add(Convert.FromHexString(part.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                bytes.Add(part[i] == '+' ? (byte)' ' : (byte)part[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
