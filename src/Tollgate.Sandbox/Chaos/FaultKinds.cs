using System.Text.Json;

namespace Tollgate.Sandbox.Chaos;

/// <summary>Where a fault strikes.</summary>
internal enum FaultStage
{
    /// <summary>A new event, once.</summary>
    Event,

    /// <summary>A new delivery of an event to an endpoint.</summary>
    Delivery,

    /// <summary>An API request.</summary>
    Request,
}

/// <summary>What is known of a kind of fault.</summary>
internal static class FaultKinds
{
    public static readonly IReadOnlyList<Fault> All = Enum.GetValues<Fault>();

    public static string Name(this Fault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());

    public static Fault ByName(string name) => All.First(fault => fault.Name() == name);

    public static FaultStage Stage(this Fault fault) =>
        fault switch
        {
            Fault.Hide or Fault.Clone or Fault.SameSecond => FaultStage.Event,
            Fault.Drop or Fault.Duplicate or Fault.Delay or Fault.Reorder or Fault.OtherVersion or Fault.LiveMode =>
                FaultStage.Delivery,
            _ => FaultStage.Request,
        };

    public static TimeSpan DefaultSpan(this Fault fault) =>
        fault switch
        {
            Fault.SameSecond or Fault.Delay or Fault.Reorder => TimeSpan.FromMinutes(1),
            Fault.Slow => TimeSpan.FromSeconds(1),
            Fault.StaleRead => TimeSpan.FromDays(3660),
            _ => TimeSpan.Zero,
        };

    public static bool TakesSpan(this Fault fault) => fault == Fault.Duplicate || fault.DefaultSpan() > TimeSpan.Zero;
}
