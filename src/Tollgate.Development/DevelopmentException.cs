namespace Tollgate.Development;

/// <summary>
/// Something of the machine stops a development start: no PostgreSQL to be had, a folder out of reach, a port taken.
/// The message is one line that says what to do; hosts print it alone and exit with code 1.
/// </summary>
public sealed class DevelopmentException(string message) : Exception(message);
