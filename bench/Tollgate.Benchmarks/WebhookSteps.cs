using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Tollgate.Stripe;
using Tollgate.Webhooks;

namespace Tollgate.Benchmarks;

/// <summary>What is done with the bytes of a delivery: its signature is checked, and its envelope read.</summary>
[MemoryDiagnoser]
public class WebhookSteps
{
    private const string Secret = "whsec_bench";
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly string[] Secrets = [Secret];

    private readonly byte[] body = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "subscription-updated.json")
    );
    private string header = "";

    [GlobalSetup]
    public void Sign()
    {
        var time = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        header = $"t={time},v1={Convert.ToHexStringLower(signature)}";
        if (!Signature() || !Envelope())
        {
            throw new InvalidOperationException("What is measured does not work.");
        }
    }

    [Benchmark]
    public bool Signature() => WebhookSignature.IsValid(header, body, Secrets, Now);

    [Benchmark]
    public bool Envelope() => StripeEventReader.Read(body) is StripeEventReading.Readable;
}
