using System.Net;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

/// <summary>What the SDK sends for its options, a line for each field.</summary>
internal static class SentForm
{
    public static string Of(Sdk.BaseOptions options) =>
        string.Join('\n', Encoded(options).Split('&').Select(WebUtility.UrlDecode));

    /// <summary>These fields and no others; their order means nothing.</summary>
    public static void IsOf(string fields, Sdk.BaseOptions options) =>
        Assert.Equal(fields.Split('\n').Order(), Of(options).Split('\n').Order());

    /// <summary>These fields among others.</summary>
    public static void Has(string fields, Sdk.BaseOptions options) =>
        Assert.Subset(Of(options).Split('\n').ToHashSet(), fields.Split('\n').ToHashSet());

    public static string Encoded(Sdk.BaseOptions options)
    {
        var sdk = new Sdk.StripeClient(SomeStripe.SecretKey);
        var request = new Sdk.StripeRequest(sdk, HttpMethod.Post, "/v1/x", options, requestOptions: null);
        var body = StripeBody.OfAsync(request, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(body.GetAwaiter().GetResult()!.Bytes);
    }
}
