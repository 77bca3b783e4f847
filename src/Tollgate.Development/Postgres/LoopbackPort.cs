using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tollgate.Development.Postgres;

internal static class LoopbackPort
{
    // below the range that Linux hands to outgoing connections, so that the port is still free at the next start
    private const int Lowest = 20_000;
    private const int Highest = 31_999;
    private const int Attempts = 200;

    /// <summary>The preferred port if nobody listens on it, else a random one that is free.</summary>
    public static int Choose(int? preferred)
    {
        if (preferred is { } last && IsFree(last))
            return last;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest + 1);
            if (IsFree(port))
                return port;
        }
        throw new DevelopmentException($"no free port on 127.0.0.1 between {Lowest} and {Highest}");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            // taken, or not ours to take
            return false;
        }
    }
}
