namespace Tollgate;

/// <summary>
/// A "no" that a caller can act on. It is a value, not an exception, and each use case declares its own beside itself.
/// One mapping turns it into RFC 9457 problem details. A host tells one from another by its code.
/// </summary>
/// <param name="Code">Stable snake_case code, one of <see cref="ProblemCodes"/>.</param>
/// <param name="HttpStatus">Status of the problem answer.</param>
/// <param name="Title">What happened, in one short sentence.</param>
/// <param name="Detail">What to do next, in a sentence that a page may show as it is.</param>
public abstract record Refusal(string Code, int HttpStatus, string Title, string Detail)
{
    /// <summary>The member, and the header, of a refusal that knows when it ends: whole seconds.</summary>
    protected internal const string RetryAfterMember = "retry_after_seconds";

    /// <summary>Further members of the problem document, by their snake_case names.</summary>
    public virtual IEnumerable<KeyValuePair<string, object?>> Members => [];
}

/// <summary>What a use case answers: a value, or the reason why not.</summary>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>The value; the default of its type when refused.</summary>
    public T? Value { get; }

    /// <summary>Null when it went well.</summary>
    public Refusal? Refusal { get; }

    public static implicit operator Outcome<T>(T value) => new(value, refusal: null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
