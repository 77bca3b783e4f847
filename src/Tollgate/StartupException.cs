namespace Tollgate;

/// <summary>A start that cannot go on, said in one line that tells what to do. Never holds a secret.</summary>
public sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
