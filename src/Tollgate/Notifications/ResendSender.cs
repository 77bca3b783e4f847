using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.Notifications;

/// <summary>Sends through Resend's REST API, which knows an idempotency key again for 24 hours.</summary>
internal sealed class ResendSender : IMailSender, IDisposable
{
    private readonly HttpClient http;
    private readonly string sentFrom;

    public ResendSender(Uri apiBase, string apiKey, string from)
    {
        sentFrom = from;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        // the caller limits the time; an answer is a few hundred bytes
        http = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 };
        http.BaseAddress = apiBase;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Tollgate", productVersion: null));
    }

    /// <summary>An hour less than Resend says, because clocks differ and an attempt takes its time.</summary>
    public TimeSpan KeyLifetime { get; } = TimeSpan.FromHours(23);

    public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/emails");
        request.Headers.Add("Idempotency-Key", mail.IdempotencyKey);
        request.Content = JsonContent.Create(
            new
            {
                from = sentFrom,
                to = new[] { mail.To },
                subject = mail.Subject,
                html = mail.Html,
                text = mail.Text,
            }
        );
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var said = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return Answer(response.StatusCode, said, response.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException failure) when (IsBeforeSending(failure.HttpRequestError))
        {
            return new MailAnswer.NotNow($"no connection to Resend: {failure.HttpRequestError}");
        }
        catch (HttpRequestException failure)
        {
            // it may have arrived before: that is an answer, too
            return new MailAnswer.Unclear($"the connection to Resend broke: {failure.HttpRequestError}");
        }
    }

    /// <summary>A key that may only send cannot list domains; that it is known says enough.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/domains", UriKind.Relative), cancellationToken);
            var said = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response.IsSuccessStatusCode || said.Name == "restricted_api_key"
                ? null
                : $"Resend says {(int)response.StatusCode} {said.Name}: check RESEND_API_KEY";
        }
        catch (HttpRequestException failure)
        {
            return $"no connection to Resend: {failure.HttpRequestError}"; // that is what was to be found out
        }
    }

    public void Dispose() => http.Dispose();

    private static MailAnswer Answer(HttpStatusCode status, ResendReply said, TimeSpan? retryAfter)
    {
        // its message may quote an address, so only status and name are kept
        var reason = $"Resend says {(int)status} {said.Name}".TrimEnd();
        return status switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => new MailAnswer.Accepted(said.Id),
            // the key was accepted with other bytes: this occurrence was sent before, by a state since restored
            HttpStatusCode.Conflict when said.Name == "invalid_idempotent_request" => new MailAnswer.Accepted(null),
            // another attempt with this key is on its way
            HttpStatusCode.Conflict => new MailAnswer.Unclear(reason),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new MailAnswer.Refused(reason),
            // too many, or a key or a domain that an operator can repair
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new MailAnswer.NotNow(
                reason,
                retryAfter
            ),
            _ => new MailAnswer.Unclear(reason),
        };
    }

    private static bool IsBeforeSending(HttpRequestError error) =>
        error
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    private static ResendReply Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ResendReply>(body, JsonSerializerOptions.Web) ?? new();
        }
        catch (JsonException)
        {
            return new(); // a gateway's page; the status says enough
        }
    }

    private sealed record ResendReply(string? Id = null, string? Name = null);
}
