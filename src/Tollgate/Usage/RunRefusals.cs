namespace Tollgate.Usage;

/// <summary>The header <c>Idempotency-Key</c> is empty, too long, sent twice or not printable.</summary>
internal sealed record InvalidRunKey()
    : Refusal(
        ProblemCodes.InvalidRequest,
        400,
        "The idempotency key cannot be used.",
        "Send one Idempotency-Key of 1 to 200 printable characters, or none."
    );

/// <summary>The key names a run that was counted, or one that still runs; it is not started again.</summary>
internal sealed record RunAlreadyCounted(bool IsRunning)
    : Refusal(
        ProblemCodes.RunAlreadyCounted,
        409,
        IsRunning ? "This run is still running." : "This run was counted already.",
        IsRunning
            ? "A run with this Idempotency-Key is still running. Wait for it, or send a new key to start another."
            : "A run with this Idempotency-Key has succeeded. Send a new key to start another."
    );
