namespace Tollgate.Effects;

/// <summary>An alert that nobody was sent yet, taken for sending.</summary>
internal sealed record OpenAlert(long AlertId, string? Account, string Reason, string Detail, DateTimeOffset RaisedAt);
