using System.Net.Http.Headers;
using System.Text.Json;

namespace Tollgate.Sandbox;

/// <summary>What a person does on the Sandbox's hosted pages, for tests that need no browser.</summary>
public static class HostedPages
{
    private const string Key = "sk_test_hosted_pages";
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>
    /// Pays an open Checkout session as whoever fills in a card and presses the button. It is complete when this
    /// returns; the webhooks that follow are on their way.
    /// </summary>
    /// <param name="checkout">Address of the session, as Stripe's <c>url</c>.</param>
    /// <param name="card">The card's number, one of Stripe's for tests.</param>
    /// <exception cref="HttpRequestException">
    /// It was refused: <see cref="HttpRequestException.StatusCode"/> is 402 where the card is declined or wants 3D
    /// Secure, which takes a browser.
    /// </exception>
    public static async Task PayCheckoutAsync(
        this SandboxServer stripe,
        Uri checkout,
        string card = "4242424242424242",
        CancellationToken cancellationToken = default
    )
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = stripe.BaseAddress,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
        };
        await PayCheckoutOverHttpAsync(client, checkout, card, cancellationToken);
    }

    /// <summary>The same at a Sandbox in another process.</summary>
    /// <param name="api">A client of its API, with a key.</param>
    /// <inheritdoc cref="PayCheckoutAsync"/>
    public static async Task PayCheckoutOverHttpAsync(
        HttpClient api,
        Uri checkout,
        string card,
        CancellationToken cancellationToken
    )
    {
        var id = checkout.Segments[^1];
        var session = await AnswerAsync(api.GetAsync($"/v1/checkout/sessions/{id}", cancellationToken));
        // by the Sandbox's clock, which may be years ahead
        var expires = DateTimeOffset.FromUnixTimeSeconds(session.GetProperty("expires_at").GetInt64()) + Year;
        var method = await AnswerAsync(
            PostAsync(
                "/v1/payment_methods",
                ("type", "card"),
                ("card[number]", card),
                ("card[exp_month]", "12"),
                ("card[exp_year]", $"{expires.Year}"),
                ("card[cvc]", "123")
            )
        );
        await AnswerAsync(
            PostAsync(
                $"/v1/payment_pages/{id}/confirm",
                ("payment_method", method.GetProperty("id").GetString()!),
                ("expected_amount", $"{session.GetProperty("amount_total").GetInt64()}")
            )
        );

        Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) =>
            api.PostAsync(
                path,
                new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
                cancellationToken
            );

        async Task<JsonElement> AnswerAsync(Task<HttpResponseMessage> asked)
        {
            using var answer = await asked;
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonElement.Parse(body)
                : throw new HttpRequestException($"The Sandbox answers: {body}", inner: null, answer.StatusCode);
        }
    }
}
