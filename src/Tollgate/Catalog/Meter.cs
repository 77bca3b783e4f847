namespace Tollgate.Catalog;

/// <summary>
/// A counted use. Meters of one window group share their window: it opens at the first use of any of them.
/// </summary>
/// <param name="Id">What a metered endpoint names: <c>fix</c>. Also <c>meter</c> in a refusal.</param>
/// <param name="Name">As shown to people: <c>Fixes</c>.</param>
/// <param name="StatusName">Its member under <c>limits</c> in the status answer: <c>fixes</c>.</param>
/// <param name="WindowGroup">Meters with the same group share a window.</param>
/// <param name="Window">
/// A span of time, which rolls from the first use, or <see cref="WindowLength.CalendarMonth"/>.
/// </param>
public sealed record Meter(string Id, string Name, string StatusName, string WindowGroup, WindowLength Window)
{
    /// <summary>One use and several, in running text. Default from id and name: <c>fix</c>, <c>fixes</c>.</summary>
    public Noun Noun { get; init; } = new(Id.Replace('_', ' '), Name.ToLowerInvariant());
}
