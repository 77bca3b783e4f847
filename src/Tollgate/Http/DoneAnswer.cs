namespace Tollgate.Http;

/// <param name="Status">What became of it: <c>updated</c>, <c>done</c>.</param>
internal sealed record DoneAnswer(string Status);
