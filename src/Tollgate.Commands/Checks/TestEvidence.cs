namespace Tollgate.Commands.Checks;

/// <summary>
/// What only tests can show of a host, by the names of the tests that show it. A host registers its own; <c>doctor</c>
/// lists them for a person to check: that suite must be green on the day.
/// </summary>
/// <param name="Shows">What they show: <c>each event twice</c>.</param>
/// <param name="Tests">Class and method: <c>WebhookTests.A_bad_signature_is_400</c>.</param>
public sealed record TestEvidence(string Shows, params IReadOnlyList<string> Tests);
