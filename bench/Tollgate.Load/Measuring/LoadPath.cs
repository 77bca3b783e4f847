namespace Tollgate.Load.Measuring;

/// <summary>A path by its name, and how its contenders are made once it is asked for.</summary>
/// <param name="Name">What the command line filters by.</param>
/// <param name="Callers">Connections, or calls at once.</param>
internal sealed record LoadPath(string Name, int Callers, Func<Task<IReadOnlyList<Contender>>> PrepareAsync);
