using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tollgate.Load.Wire;

/// <summary>
/// Bodies as Stripe sends them, taken from a Sandbox in which a subscription was bought and changed, with the places
/// where ids and times stand. What is sent differs from them in those alone.
/// </summary>
internal sealed partial record EventTemplates(IReadOnlyList<EventTemplate> All)
{
    private static readonly string[] Types = ["customer.subscription.updated", "invoice.paid"];

    /// <summary>The same, rendered in another version than the one that is pinned.</summary>
    public EventTemplates InVersion(string version) =>
        new([
            .. All.Select(one => new EventTemplate(
                ApiVersion().Replace(Encoding.UTF8.GetString(one.Body), $"\"api_version\":\"{version}\"")
            )),
        ]);

    /// <param name="sandbox">One in which nothing happened before.</param>
    public static async Task<EventTemplates> RecordAsync(Uri sandbox, string key, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = sandbox };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var product = await PostAsync("/v1/products", "name=Load");
        var price = await PostAsync(
            "/v1/prices",
            $"product={product}&currency=usd&unit_amount=2000&recurring[interval]=month"
        );
        var customer = await PostAsync(
            "/v1/customers",
            "email=owner@load.test&payment_method=pm_card_visa&invoice_settings[default_payment_method]=pm_card_visa"
        );
        var subscription = await PostAsync(
            "/v1/subscriptions",
            $"customer={customer}&items[0][price]={price}&items[0][quantity]=3&metadata[plan]=team"
        );
        await PostAsync($"/v1/subscriptions/{subscription}", "metadata[plan]=business");
        var bodies = new List<EventTemplate>();
        foreach (var type in Types)
        {
            var list = JsonNode.Parse(await http.GetStringAsync($"/v1/events?type={type}", cancellationToken))!;
            bodies.Add(new EventTemplate(list["data"]![0]!.ToJsonString()));
        }

        return new EventTemplates(bodies);

        async Task<string> PostAsync(string path, string form)
        {
            using var content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
            using var answer = await http.PostAsync(path, content, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? (string)JsonNode.Parse(text)!["id"]!
                : throw new InvalidOperationException($"{path}: {text}");
        }
    }

    [GeneratedRegex("\"api_version\":\"[^\"]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApiVersion();
}

/// <summary>One body, in which every id has the same length before and after its last digits were replaced.</summary>
internal sealed partial class EventTemplate
{
    /// <summary>Digits at the end of an id that say whose it is.</summary>
    public const int Digits = 10;

    public EventTemplate(string body)
    {
        Body = Encoding.UTF8.GetBytes(body);
        EventAt = [.. Ends(EventId().Matches(body))];
        CustomerAt = [.. Ends(OwnIds().Matches(body))];
        CreatedAt = [.. Created().Matches(body).Select(match => match.Index + match.Length - Digits)];
    }

    /// <summary>ASCII, so that places in the text are places in the bytes.</summary>
    public byte[] Body { get; }

    /// <summary>Where the digits of the event's own id stand.</summary>
    public IReadOnlyList<int> EventAt { get; }

    /// <summary>Where those of the customer stand, and of everything that is the customer's.</summary>
    public IReadOnlyList<int> CustomerAt { get; }

    /// <summary>Where times of creation stand, in seconds.</summary>
    public IReadOnlyList<int> CreatedAt { get; }

    private static IEnumerable<int> Ends(IEnumerable<Match> ids) =>
        ids.Select(id => id.Groups["id"]).Select(id => id.Index + id.Length - Digits);

    [GeneratedRegex("\"(?<id>evt_[A-Za-z0-9]{10,})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventId();

    [GeneratedRegex(
        "\"(?<id>(cus|sub|si|in|il|pi|ch|pm|inpay|py)_[A-Za-z0-9]{10,})\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OwnIds();

    [GeneratedRegex("\"created\":[0-9]{10}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Created();
}
