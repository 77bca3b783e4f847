using System.Net;

namespace Tollgate.Commands.Checks;

/// <summary>
/// Whether the host answers where people and Stripe will call it: its health, and its webhook endpoint, which takes
/// no GET.
/// </summary>
internal static class AppCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="hasWebhook">False for a host that sells nothing at Stripe.</param>
    /// <param name="mustAnswer">False before the deploy, when nobody can be there yet.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        TollgateOptions options,
        bool hasWebhook,
        bool mustAnswer,
        CancellationToken cancellationToken
    )
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience };
        using var http = new HttpClient(handler) { Timeout = Patience };
        var findings = new List<Finding>();
        Uri[] addresses = hasWebhook ? [options.AppUrl, options.WebhookUrl] : [options.AppUrl];
        foreach (var origin in addresses.Select(Origin).Distinct())
        {
            var live = new Uri(origin, "/health/live");
            findings.Add(await AskAsync(http, live, HttpStatusCode.OK, mustAnswer, cancellationToken));
        }

        if (hasWebhook)
        {
            findings.Add(
                await AskAsync(http, options.WebhookUrl, HttpStatusCode.MethodNotAllowed, mustAnswer, cancellationToken)
            );
        }

        return findings;
    }

    private static Uri Origin(Uri address) => new(address.GetLeftPart(UriPartial.Authority));

    private static async Task<Finding> AskAsync(
        HttpClient http,
        Uri address,
        HttpStatusCode right,
        bool mustAnswer,
        CancellationToken cancellationToken
    )
    {
        var name = $"the app answers at {address.AbsoluteUri}";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return Finding.Of(
                name,
                answer.StatusCode == right,
                $"{(int)answer.StatusCode} comes instead of {(int)right}: something else is there, or the path is wrong"
            );
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return Finding.Fails(name, "TLS does not hold: is the certificate the right one?");
        }
        catch (HttpRequestException nobody)
        {
            return NotThere(name, $"{nobody.HttpRequestError}", mustAnswer); // that is what was to be found out
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotThere(name, "no answer in 10 seconds", mustAnswer);
        }
    }

    private static Finding NotThere(string name, string why, bool mustAnswer) =>
        mustAnswer
            ? Finding.Fails(name, $"nobody is there ({why})")
            : Finding.Warn(name, $"nobody is there yet ({why}); after the deploy ask again with --deployed");
}
