namespace Tollgate.HydraTesting;

/// <summary>Hydra in a process of its own.</summary>
public static class HydraProcess
{
    /// <inheritdoc cref="ProductProcess.Start"/>
    public static ProductProcess Start(Uri address, IReadOnlyDictionary<string, string> environment) =>
        ProductProcess.Start("Hydra", address, environment);
}
