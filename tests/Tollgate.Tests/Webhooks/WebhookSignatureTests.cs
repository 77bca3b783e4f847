using System.Security.Cryptography;
using System.Text;
using Tollgate.Webhooks;

namespace Tollgate.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_test";
    private static readonly byte[] Body = """{"id":"evt_1"}"""u8.ToArray();
    private static readonly DateTimeOffset Now = Some.Start;

    private static string Signed(string secret, DateTimeOffset at, byte[]? body = null)
    {
        var time = at.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body ?? Body];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    private static bool IsValid(string header) => WebhookSignature.IsValid(header, Body, [Secret], Now);

    [Fact]
    public void Stripes_signature_over_the_raw_bytes_is_valid() => Assert.True(IsValid(Signed(Secret, Now)));

    [Theory]
    [Trait("abuse", "X05")]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void Three_hundred_seconds_either_way_are_tolerated(int age, bool isValid) =>
        Assert.Equal(isValid, IsValid(Signed(Secret, Now.AddSeconds(-age))));

    [Fact]
    [Trait("abuse", "X03")]
    public void Another_secret_or_another_body_is_refused()
    {
        Assert.False(IsValid(Signed("whsec_other", Now)));
        Assert.False(IsValid(Signed(Secret, Now, """{"id":"evt_2"}"""u8.ToArray())));
    }

    [Fact]
    [Trait("fault", "F28")]
    public void During_a_roll_either_secret_will_do()
    {
        string[] rolling = ["whsec_old", "whsec_new"];
        var one = Signed("whsec_new", Now);
        var both = Signed("whsec_gone", Now) + "," + one[(one.IndexOf(',') + 1)..];

        Assert.True(WebhookSignature.IsValid(one, Body, rolling, Now));
        Assert.True(WebhookSignature.IsValid(both, Body, rolling, Now));
    }

    [Theory]
    [Trait("abuse", "X02")]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("t=")]
    [InlineData("t=abc,v1=00")]
    [InlineData("t=-1,v1=00")]
    [InlineData("t=99999999999999,v1=00")]
    [InlineData("t=9999999999999999999999,v1=00")]
    [InlineData("v1=00")]
    [InlineData("t=1793523600")]
    [InlineData("t=1793523600,v1=")]
    public void Malformed_headers_are_refused(string header) => Assert.False(IsValid(header));

    [Fact]
    [Trait("abuse", "X04")]
    public void Only_scheme_v1_counts()
    {
        var header = Signed(Secret, Now);

        Assert.False(IsValid(header.Replace("v1=", "v0=", StringComparison.Ordinal)));
        Assert.False(IsValid(header.Replace("v1=", "v2=", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("abuse", "X02")]
    public void A_header_of_ten_thousand_signatures_is_refused() =>
        Assert.False(IsValid(Signed(Secret, Now) + string.Concat(Enumerable.Repeat(",v1=00", 10_000))));
}
