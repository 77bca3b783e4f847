namespace Tollgate.Stripe;

/// <summary>What Stripe answered: a value, or the reason why not.</summary>
internal readonly struct StripeAnswer<T>
{
    private readonly bool answered;
    private readonly T? value;

    private StripeAnswer(T? value, StripeRefusal? refusal)
    {
        answered = true;
        this.value = value;
        Refusal = refusal;
    }

    public bool IsRefused => Refusal is not null;

    /// <summary>Null when Stripe did as asked.</summary>
    public StripeRefusal? Refusal { get; }

    /// <exception cref="StripeRefusedException">Stripe refused.</exception>
    /// <exception cref="InvalidOperationException">The default value of this type: no call was made.</exception>
    public T Value =>
        (answered, Refusal) switch
        {
            (false, _) => throw new InvalidOperationException("Stripe was not asked."),
            (_, { } refusal) => throw new StripeRefusedException(refusal),
            _ => value!,
        };

    /// <summary><see cref="Value"/>, for callers with nothing better to do about a refusal.</summary>
    /// <exception cref="StripeRefusedException">Stripe refused.</exception>
    public T OrThrow() => Value;

    public static implicit operator StripeAnswer<T>(T value) => new(value, refusal: null);

    public static implicit operator StripeAnswer<T>(StripeRefusal refusal) => new(default, refusal);

    internal StripeAnswer<TOther> Then<TOther>(Func<T, TOther> read) => Refusal is { } refusal ? refusal : read(Value);
}
