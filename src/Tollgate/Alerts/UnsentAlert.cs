namespace Tollgate.Alerts;

/// <summary>An alert that nobody was sent yet, taken for sending.</summary>
internal sealed record UnsentAlert(
    long AlertId,
    string? Account,
    string Reason,
    string Detail,
    DateTimeOffset RaisedAt
);
