namespace Tollgate.Load.Wire;

/// <summary>What one connection sends, one request after the other.</summary>
internal interface IRequests
{
    /// <summary>Valid until the next call.</summary>
    ReadOnlyMemory<byte> Next();
}

/// <summary>The same request again and again.</summary>
internal sealed class SameRequest(byte[] request) : IRequests
{
    public ReadOnlyMemory<byte> Next() => request;
}
