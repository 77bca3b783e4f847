namespace Tollgate.Stripe;

/// <summary>
/// Stripe answered with success and the answer has not the shape of the pinned version. Nothing is guessed: the caller
/// fails, and an event is quarantined. The text names members and types, never values.
/// </summary>
/// <param name="path">JSON path of the object or member: <c>$.items.data[0].price</c>.</param>
internal sealed class StripeShapeException(string path, string reason, Exception? cause = null)
    : Exception($"Stripe's answer does not fit at {path}: {reason}", cause)
{
    /// <summary>JSON path of the object or member: <c>$.items.data[0].price</c>.</summary>
    public string Path { get; } = path;
}
