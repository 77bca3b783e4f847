namespace Tollgate.Startup;

/// <summary>
/// Says what a start is at while it takes long: on standard output, or, for a command, whose answer alone stands there,
/// on standard error.
/// </summary>
internal sealed class StartupProgress
{
    /// <summary>Nowhere, until the process says where.</summary>
    internal TextWriter Lines { get; set; } = TextWriter.Null;

    /// <param name="what">What is going on: <c>Migrating the database (18 to apply)</c>.</param>
    public void Report(string what) => Lines.WriteLine($"{what} ...");
}
