namespace Tollgate.Stripe;

/// <summary>
/// A text parameter that an update can leave alone, set or unset. Null is not sent; the empty string is how Stripe
/// spells "unset".
/// </summary>
internal readonly record struct FormText
{
    private FormText(string? text) => Text = text;

    /// <summary>Takes the value away at Stripe.</summary>
    public static FormText Unset { get; } = new(string.Empty);

    /// <summary>What goes over the wire; null when nothing does.</summary>
    public string? Text { get; }

    public static implicit operator FormText(string? text) => new(text);
}
