using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Load.Wire;

/// <summary>
/// Deliveries of events that nobody has seen, of a thousand customers, each signed as Stripe signs. Everything but
/// digits and signature was written before.
/// </summary>
internal sealed class SignedEvents : IRequests, IDisposable
{
    public const int Customers = 1000;
    private const string Zeros = "0000000000";
    private static long events;
    private readonly Prepared[] prepared;
    private readonly IncrementalHash hmac;
    private readonly byte[] signature = new byte[HMACSHA256.HashSizeInBytes];
    private int turn;

    public SignedEvents(EventTemplates templates, string path, string secret)
    {
        prepared = [.. templates.All.Select(template => new Prepared(template, path))];
        hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
    }

    public ReadOnlyMemory<byte> Next()
    {
        var number = Interlocked.Increment(ref events);
        var next = prepared[turn++ % prepared.Length];
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        next.Write(number, number % Customers, now);
        hmac.AppendData(next.Request, next.TimeAt, Zeros.Length);
        hmac.AppendData("."u8);
        hmac.AppendData(next.Request, next.BodyAt, next.Request.Length - next.BodyAt);
        hmac.GetHashAndReset(signature);
        Convert.TryToHexStringLower(signature, next.Request.AsSpan(next.SignatureAt), out _);
        return next.Request;
    }

    /// <summary>One delivery for a client that is not in a hurry.</summary>
    public static HttpRequestMessage Message(byte[] body, string path, string secret)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        byte[] payload = [.. Encoding.ASCII.GetBytes($"{now}."), .. body];
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), payload);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        message.Headers.Add("Stripe-Signature", $"t={now},v1={Convert.ToHexStringLower(signed)}");
        return message;
    }

    public void Dispose() => hmac.Dispose();

    private sealed class Prepared
    {
        private readonly EventTemplate template;

        public Prepared(EventTemplate template, string path)
        {
            this.template = template;
            var before = $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Stripe/1.0\r\nStripe-Signature: t=";
            var between = ",v1=";
            var after =
                "\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
                + $"{template.Body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
            TimeAt = before.Length;
            SignatureAt = TimeAt + Zeros.Length + between.Length;
            BodyAt = SignatureAt + (2 * HMACSHA256.HashSizeInBytes) + after.Length;
            var signature = new string('0', 2 * HMACSHA256.HashSizeInBytes);
            Request = [.. Encoding.ASCII.GetBytes(before + Zeros + between + signature + after), .. template.Body];
        }

        public byte[] Request { get; }

        public int TimeAt { get; }

        public int SignatureAt { get; }

        public int BodyAt { get; }

        public void Write(long number, long customer, long now)
        {
            Put(TimeAt, now);
            foreach (var at in template.EventAt)
            {
                Put(BodyAt + at, number);
            }

            foreach (var at in template.CustomerAt)
            {
                Put(BodyAt + at, customer);
            }

            foreach (var at in template.CreatedAt)
            {
                Put(BodyAt + at, now);
            }
        }

        private void Put(int at, long digits) =>
            Utf8Formatter.TryFormat(digits, Request.AsSpan(at), out _, new('D', (byte)Zeros.Length));
    }
}
