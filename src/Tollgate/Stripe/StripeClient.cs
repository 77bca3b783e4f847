using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// Stripe's API as far as Tollgate uses it, in the pinned version, over the official SDK. One per process. Every write
/// takes the idempotency key of its intent. A refusal is a value; an answer of an unknown shape throws
/// <see cref="StripeShapeException"/>. Calls have the time limits of a job unless <see cref="With"/> says otherwise.
/// </summary>
internal sealed partial class StripeClient : IDisposable
{
    /// <summary>The version that every call names, whatever the account's default is: the SDK's.</summary>
    public const string ApiVersion = "2026-10-28.endive";

    private readonly StripeTransport transport;
    private readonly Dictionary<StripePatience, StripeCalls> patiences;
    private readonly StripeCalls calls;
    private readonly StripeHooks hooks;
    private readonly AccountId? account;

    private Sdk.V1Services V1 => calls.V1;

    /// <param name="handler">The last step to the network, owned by this client; tests put faults here.</param>
    /// <param name="machineTime">For retries and time-outs; never the billing clock.</param>
    /// <param name="hooks">What the host adds to the objects that are created; null for nothing.</param>
    /// <exception cref="ArgumentException">A setting is unusable; see <see cref="StripeSettings"/>.</exception>
    public StripeClient(
        StripeSettings settings,
        HttpMessageHandler handler,
        TimeProvider machineTime,
        ILogger<StripeClient>? log = null,
        StripeHooks? hooks = null
    )
    {
        transport = new(settings, handler, machineTime, log ?? NullLogger<StripeClient>.Instance);
        patiences = Enum.GetValues<StripePatience>()
            .ToDictionary(
                patience => patience,
                patience => new StripeCalls(SdkOver(new StripeHttp(transport, patience), settings), machineTime)
            );
        calls = patiences[StripePatience.Job];
        this.hooks = hooks ?? new();
    }

    private StripeClient(StripeClient other, StripeCalls calls, AccountId? account)
    {
        (transport, patiences, hooks) = (other.transport, other.patiences, other.hooks);
        (this.calls, this.account) = (calls, account);
    }

    /// <summary>Over the network.</summary>
    /// <param name="machineTime">For retries and time-outs; never the billing clock.</param>
    /// <param name="hooks">What the host adds to the objects that are created; null for nothing.</param>
    /// <exception cref="ArgumentException">A setting is unusable; see <see cref="StripeSettings"/>.</exception>
    public static StripeClient Create(
        StripeSettings settings,
        TimeProvider machineTime,
        ILogger<StripeClient>? log = null,
        StripeHooks? hooks = null
    ) =>
        new(
            settings,
            new SocketsHttpHandler
            {
                // a redirect would carry the secret key to wherever it points
                AllowAutoRedirect = false,
                UseCookies = false,
                // so that a change of Stripe's addresses is seen
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            },
            machineTime,
            log,
            hooks
        );

    /// <summary>The same client with other time limits; cheap, shares the connections.</summary>
    public StripeClient With(StripePatience patience) => new(this, patiences[patience], account);

    /// <summary>The same client for objects that are made for an account; the host's hooks get that account.</summary>
    public StripeClient For(AccountId of) => new(this, calls, of);

    /// <summary>
    /// The official SDK over the same connections, with the same retries and circuit, for what a host does at Stripe
    /// itself. Where no usable answer came it throws <see cref="StripeRefusedException"/> beside its own exceptions.
    /// </summary>
    public Sdk.IStripeClient Official => calls.Client;

    /// <summary>The circuit is open: after too many failed calls in a row Stripe is not called for a while.</summary>
    internal bool IsCutOff => transport.IsCutOff;

    /// <summary>Ends the connections, also those of every <see cref="With"/>.</summary>
    public void Dispose() => transport.Dispose();

    private static Sdk.StripeClient SdkOver(StripeHttp http, StripeSettings settings)
    {
        var address = settings.ApiBase.AbsoluteUri.TrimEnd('/');
        var isStripe = address == Sdk.StripeClient.DefaultApiBase;
        return new(
            new Sdk.StripeClientOptions
            {
                ApiKey = settings.SecretKey,
                HttpClient = http,
                ApiBase = address,
                // a local Stripe has one address for all of its services
                ConnectBase = isStripe ? null : address,
                FilesBase = isStripe ? null : address,
                MeterEventsBase = isStripe ? null : address,
            }
        );
    }
}
