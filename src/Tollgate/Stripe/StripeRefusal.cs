namespace Tollgate.Stripe;

/// <summary>
/// Why Stripe did not do as asked, after the retries that made sense. The set is closed. Which error of Stripe's
/// becomes which: https://docs.stripe.com/api/errors.
/// </summary>
public abstract record StripeRefusal
{
    private StripeRefusal(string message, string? requestId)
    {
        Message = message;
        RequestId = requestId;
    }

    /// <summary>
    /// For operators. Stripe's own words for the most part; of <see cref="CardDeclined"/>, fit for the payer.
    /// </summary>
    public string Message { get; init; }

    /// <summary><c>req_…</c>, by which Stripe's support finds the call; null when no answer came.</summary>
    public string? RequestId { get; init; }

    /// <summary>The same call, with the same idempotency key, may well succeed later.</summary>
    public virtual bool IsTransient => false;

    /// <summary>
    /// It stays refused, whoever tries again and with whatever key, until somebody changes something at Stripe, in the
    /// settings or in what is asked for.
    /// </summary>
    public bool IsLasting =>
        this
            is ResourceMissing
                or InvalidRequest
                or AuthenticationFailed
                or PermissionDenied
                or UnexpectedAnswer
                or ListTooLong;

    /// <summary>402, or any <c>card_error</c>.</summary>
    /// <param name="Code"><c>card_declined</c>, <c>expired_card</c>, <c>invoice_payment_intent_requires_action</c>,
    /// ...</param>
    /// <param name="DeclineCode">The issuer's reason, such as <c>insufficient_funds</c>.</param>
    internal sealed record CardDeclined(string Message, string? RequestId, string? Code, string? DeclineCode)
        : StripeRefusal(Message, RequestId)
    {
        /// <summary>The bank requires the payer to confirm it (3D Secure); nothing is wrong with the card.</summary>
        public bool NeedsAuthentication =>
            Code
                is "subscription_payment_intent_requires_action"
                    or "invoice_payment_intent_requires_action"
                    or "authentication_required"
            || DeclineCode is "authentication_required";
    }

    /// <summary><c>resource_missing</c>: the object of the path (404) or one that a parameter names (400).</summary>
    internal sealed record ResourceMissing(string Message, string? RequestId, string? Param)
        : StripeRefusal(Message, RequestId);

    /// <summary>Any other 4xx: what was sent cannot be done, now or ever.</summary>
    /// <param name="Param">The offending parameter in Stripe's spelling: <c>line_items[0][price]</c>.</param>
    internal sealed record InvalidRequest(string Message, string? RequestId, int Status, string? Code, string? Param)
        : StripeRefusal(Message, RequestId);

    /// <summary>
    /// The key was used before for another request: a bug of ours, as parameters are frozen with the key.
    /// </summary>
    internal sealed record IdempotencyMismatch(string Message, string? RequestId) : StripeRefusal(Message, RequestId);

    /// <summary>Another request with this key is still running at Stripe.</summary>
    internal sealed record KeyInUse(string Message, string? RequestId) : StripeRefusal(Message, RequestId)
    {
        public override bool IsTransient => true;
    }

    /// <summary><c>lock_timeout</c>: another request holds the object.</summary>
    internal sealed record ObjectLocked(string Message, string? RequestId) : StripeRefusal(Message, RequestId)
    {
        public override bool IsTransient => true;
    }

    /// <summary>429.</summary>
    /// <param name="RetryAfter">When Stripe says so.</param>
    internal sealed record RateLimited(string Message, string? RequestId, TimeSpan? RetryAfter)
        : StripeRefusal(Message, RequestId)
    {
        public override bool IsTransient => true;
    }

    /// <summary>401. Stripe's message is not carried: it quotes a part of the key.</summary>
    internal sealed record AuthenticationFailed(string Message, string? RequestId) : StripeRefusal(Message, RequestId);

    /// <summary>403: the key is known and may not do this.</summary>
    internal sealed record PermissionDenied(string Message, string? RequestId) : StripeRefusal(Message, RequestId);

    /// <summary>
    /// No usable answer. <b>Whether a write has happened is unknown</b>: repeat it with the same key, or read the
    /// state.
    /// </summary>
    internal sealed record Unavailable(string Message, string? RequestId, UnavailableReason Reason)
        : StripeRefusal(Message, RequestId)
    {
        /// <summary>
        /// A stored 5xx is replayed for as long as Stripe keeps the key; only a read or a new key helps.
        /// </summary>
        public override bool IsTransient => Reason != UnavailableReason.ReplayedServerError;

        /// <summary>When Stripe is asked again; null when that is not known.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>
    /// An answer that Stripe's API does not give: a redirect, a 404 page. The address is wrong, or a proxy answers.
    /// </summary>
    internal sealed record UnexpectedAnswer(string Message, string? RequestId, int Status)
        : StripeRefusal(Message, RequestId);

    /// <summary>
    /// A list went on after the most pages that are read of it. Nothing of it is returned: a partial list would pass
    /// for the whole.
    /// </summary>
    internal sealed record ListTooLong(string Message, string? RequestId) : StripeRefusal(Message, RequestId);
}

/// <summary>Why there was no usable answer.</summary>
internal enum UnavailableReason
{
    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>No connection, or one that broke.</summary>
    Connection,

    /// <summary>500 to 599.</summary>
    ServerError,

    /// <summary>The 5xx that Stripe stored under this idempotency key at the first attempt.</summary>
    ReplayedServerError,

    /// <summary>
    /// It was away for so many calls that this one was not sent, or not sent again; see
    /// <see cref="StripeRefusal.Unavailable.RetryAfter"/>.
    /// </summary>
    CircuitOpen,
}
