namespace Tollgate.Sandbox.Chaos;

/// <summary>A fault that was done.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="What">The event's type, or the request's method and path.</param>
/// <param name="Id">The event's id, or the request's.</param>
/// <param name="At">In Sandbox time.</param>
public sealed record InjectedFault(string Rule, Fault Fault, string What, string Id, DateTimeOffset At);
