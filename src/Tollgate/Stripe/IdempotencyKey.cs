using System.Buffers;

namespace Tollgate.Stripe;

/// <summary>
/// Names one intended write. Stripe answers a repetition under the same key with what it answered first, so a write
/// whose outcome is unknown is repeated with the same key, never with a new one. Stripe keeps keys for at least 24
/// hours.
/// </summary>
internal readonly record struct IdempotencyKey
{
    /// <summary>A key this old may be forgotten: a repetition under it could happen a second time.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(23);

    // what can stand in a header and means the same in every hop: visible ASCII without space
    private static readonly SearchValues<char> Allowed = SearchValues.Create([
        .. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code),
    ]);

    private readonly string? value;

    /// <param name="value">1 to 255 visible ASCII characters.</param>
    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public IdempotencyKey(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length is 0 or > 255 || value.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException("An idempotency key has 1 to 255 visible ASCII characters.", nameof(value));
        }

        this.value = value;
    }

    /// <summary>For a POST that writes nothing, or whose repetition does no harm.</summary>
    public static IdempotencyKey Unrepeated() => new($"once-{Guid.NewGuid():N}");

    /// <exception cref="InvalidOperationException">The default value of this type, which names nothing.</exception>
    public string Value => value ?? throw new InvalidOperationException("An idempotency key was never given.");

    public override string ToString() => Value;
}
