namespace Tollgate.Sandbox.Chaos;

/// <summary>One kind of fault, what it strikes, and how often.</summary>
/// <param name="Fault">What goes wrong.</param>
public sealed record ChaosRule(Fault Fault)
{
    /// <summary>Given when the rule is added: <c>rule_1</c>, <c>rule_2</c>, ...</summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// Faults of events: the types struck; one may end in <c>*</c> (<c>invoice.*</c>). Default none: all types.
    /// </summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>Faults of requests: GET, POST or DELETE. Default null: any.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// Faults of requests: the path, in which <c>*</c> stands for any text (<c>/v1/subscriptions/*</c>). Default null:
    /// any.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// Only what concerns this customer: events of its objects; requests that name it, in the path or as
    /// <c>customer</c>. Default null: all.
    /// </summary>
    public string? Customer { get; init; }

    /// <summary>How likely it strikes each time something fits, above 0 up to 1. Default 1: always.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>It strikes this many times at most. Default null: without end.</summary>
    public int? Times { get; init; }

    /// <summary>How long, for the faults that say so, in whole seconds. Default null: as the fault says.</summary>
    public TimeSpan? By { get; init; }

    /// <summary>How many deliveries <see cref="Fault.Reorder"/> holds. Default 2.</summary>
    public int Window { get; init; } = 2;

    /// <summary>
    /// The version that <see cref="Fault.OtherVersion"/> writes. Default <c>2024-06-20</c>. Before 2025-03-31 a
    /// subscription has its period at the top and not on its items, and an invoice names its subscription itself.
    /// </summary>
    public string ApiVersion { get; init; } = "2024-06-20";

    internal TimeSpan Span => By ?? Fault.DefaultSpan();

    internal long SpanSeconds => (long)Span.TotalSeconds;

    /// <summary>What is wrong with the rule, by the parameter's name in the API; null if nothing is.</summary>
    internal (string Parameter, string Message)? Objection()
    {
        var isRequest = Fault.Stage() == FaultStage.Request;
        return Probability is not (> 0 and <= 1) ? ("probability", "It is above 0, up to 1.")
            : Times < 1 ? ("times", "Once is the least.")
            : Window is < 2 or > 1000 ? ("window", "It is from 2 to 1000.")
            : By is not null && !Fault.TakesSpan() ? ("seconds", $"{Fault.Name()} takes no time.")
            : By < TimeSpan.Zero || Span > TimeSpan.FromDays(3660) ? ("seconds", "It is from 0 to ten years.")
            : Span.TotalSeconds < 1 && Fault == Fault.SameSecond ? ("seconds", "A second is the least.")
            : isRequest && EventTypes.Count > 0 ? ("event_types", $"{Fault.Name()} strikes requests, not events.")
            : !isRequest && (Method ?? Path) is not null
                ? (Method is null ? "path" : "method", $"{Fault.Name()} strikes events, not requests.")
            : Fault == Fault.StaleRead && Method is not (null or "GET") ? ("method", "Only a GET reads.")
            : null;
    }
}
