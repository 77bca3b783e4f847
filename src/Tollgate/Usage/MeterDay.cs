namespace Tollgate.Usage;

/// <summary>What one meter counted for an account on one day, in UTC.</summary>
public sealed record MeterDay(DateOnly Day, string Meter, int Count);
