using Microsoft.AspNetCore.Http;

namespace Tollgate.Sandbox.Wire;

/// <summary>What is noted of a request while it is answered, for the log.</summary>
internal sealed class RequestNotes(string id, DateTimeOffset at, long started)
{
    private string body = "";
    private byte[] answer = [];
    private int? status;

    public string Id => id;

    public string Read(string text) => body = text;

    public void Answered(int answeredStatus, byte[] answeredBody)
    {
        status = answeredStatus;
        answer = answeredBody;
    }

    public LoggedRequest ToEntry(HttpRequest request, TimeProvider clock)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        return new LoggedRequest(
            id,
            request.Method,
            request.Path.Value ?? "/",
            Uri.UnescapeDataString(request.QueryString.Value ?? ""),
            status,
            key.Length == 0 ? null : key,
            at,
            (long)clock.GetElapsedTime(started).TotalMilliseconds,
            LoggedRequest.Kept(body),
            LoggedRequest.Kept(answer)
        );
    }
}
