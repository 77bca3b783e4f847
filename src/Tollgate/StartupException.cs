namespace Tollgate;

/// <summary>
/// A start that cannot go on, said in one line that says what to do, or in one for each setting. Never holds a secret.
/// </summary>
public sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What it says of each setting; the message itself where it says one thing.</summary>
    internal IReadOnlyList<string> Lines { get; init; } = [message];
}
