using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tollgate.Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class FormEncodingTests
{
    [Fact]
    public void Nested_members_and_list_elements_are_named_in_brackets()
    {
        var form = new FormWriter();
        form.At("line_items").At(0).Add("price", "price_1");
        form.At("a").At("b").Add("c", 7);

        Assert.Equal("line_items%5B0%5D%5Bprice%5D=price_1&a%5Bb%5D%5Bc%5D=7", form.ToString());
    }

    [Fact]
    public void Values_are_spelled_as_Stripe_reads_them()
    {
        var form = new FormWriter();
        form.Add("yes", value: true);
        form.Add("no", value: false);
        form.Add("amount", -1050);
        form.Add("expires_at", DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_999));
        form.Add("list", ["x", "y"]);
        form.Add("metadata", new Dictionary<string, string> { ["tenant id"] = "ac&me=1" });

        Assert.Equal(
            [
                new("yes", "true"),
                new("no", "false"),
                new("amount", "-1050"),
                new("expires_at", "1795000000"),
                new("list[0]", "x"),
                new("list[1]", "y"),
                new("metadata[tenant id]", "ac&me=1"),
            ],
            Decode(form.ToString())
        );
    }

    [Fact]
    public void Null_is_not_sent_and_unset_is_an_empty_value()
    {
        var form = new FormWriter();
        new ProductUpdate { Name = null, Description = FormText.Unset }.Write(form);

        Assert.Equal("description=", form.ToString());
    }

    [Fact]
    public void An_empty_list_empties_the_one_at_Stripe()
    {
        var form = new FormWriter();
        form.Add("allowed_updates", []);
        form.Add("prices", (IReadOnlyList<string>?)null);

        Assert.Equal("allowed_updates=", form.ToString());
    }

    [Fact]
    public void Any_names_and_texts_come_back_as_they_were()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Select(chars => Printable(chars ?? ""));
        var fields = text.Zip(text).ArrayOf();

        Prop.ForAll(
                fields.ToArbitrary(),
                pairs =>
                {
                    var form = new FormWriter();
                    foreach (var (name, value) in pairs)
                    {
                        form.At("metadata").Add(name, value);
                    }

                    var expected = pairs.Select(pair => KeyValuePair.Create($"metadata[{pair.Item1}]", pair.Item2));
                    return expected.SequenceEqual(Decode(form.ToString()));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encoded_form_holds_no_byte_that_a_form_may_not()
    {
        Prop.ForAll<NonNull<string>>(text =>
            {
                var form = new FormWriter();
                form.Add("name", Printable(text.Get));
                return form.ToString()["name=".Length..]
                    .All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.~%+".Contains(letter));
            })
            .QuickCheckThrowOnFailure();
    }

    // half a surrogate pair is no text and has no encoding
    private static string Printable(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);

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
