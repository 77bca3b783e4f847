using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tollgate.Testing;

/// <summary>For servers that must know their port before they listen; others listen on port 0.</summary>
public static class FreePort
{
    // below the ports that systems hand out by themselves, to anybody's outgoing connection, before the server listens
    private const int First = 10_000;
    private const int Last = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port on 127.0.0.1 that nobody listens on and that this process was not given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port) && Given.TryAdd(port, true))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // somebody listens there
        }
    }
}
