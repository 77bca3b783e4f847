using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tollgate.Testing;

/// <summary>
/// Stands between an application and the test's PostgreSQL, so that the way there can be cut or blocked.
/// </summary>
public sealed class CuttableProxy : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private readonly int port = FreePort.Next();
    private volatile IPEndPoint target;
    private volatile TaskCompletionSource flows = Flowing();
    private volatile TaskCompletionSource spent = Flowing();
    private volatile CancellationTokenSource frozen = new();
    private long allowance = long.MaxValue;
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;

    private CuttableProxy(IPEndPoint server) => target = server;

    public static async Task<CuttableProxy> StartAsync()
    {
        var server = new NpgsqlConnectionStringBuilder((await TestCluster.StartedAsync()).ConnectionString("postgres"));
        return To(server.Port);
    }

    /// <summary>To a server of the test's own, on this machine.</summary>
    public static CuttableProxy To(int port)
    {
        var proxy = new CuttableProxy(new IPEndPoint(IPAddress.Loopback, port));
        proxy.Repair();
        return proxy;
    }

    public int Port => port;

    /// <summary>From now on it leads to another server, once it is repaired.</summary>
    public void Repoint(int serverPort) => target = new IPEndPoint(IPAddress.Loopback, serverPort);

    /// <summary>The same database by way of the proxy.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = IPAddress.Loopback.ToString(),
            Port = port,
        }.ConnectionString;

    /// <summary>Connections break, and new ones are refused.</summary>
    public async Task CutAsync()
    {
        listener?.Stop();
        await accepting;
        foreach (var connection in open.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Connections stay, and nothing comes through.</summary>
    public void Block() => flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Connections that are open stay so, and nothing comes through them any more, as when a router forgot them; new
    /// ones work.
    /// </summary>
    public void FreezeOpen() => Interlocked.Exchange(ref frozen, new CancellationTokenSource()).Cancel();

    /// <summary>So many bytes more reach the server, and then nothing comes through; ends when that is so.</summary>
    public Task BlockAfter(long bytes)
    {
        spent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref allowance, bytes);
        return spent.Task;
    }

    public void Unblock()
    {
        Interlocked.Exchange(ref allowance, long.MaxValue);
        flows.TrySetResult();
    }

    public void Repair()
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        Unblock();
        await CutAsync();
        listener?.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await from.AcceptTcpClientAsync());
            }
            catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
            {
                return; // it was cut: while it waited, or before it asked for the next
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using var caller = client;
        var freeze = frozen.Token;
        open[client] = true;
        open[server] = true;
        try
        {
            await server.ConnectAsync(target);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), Spend, freeze),
                CopyAsync(server.GetStream(), client.GetStream(), _ => { }, freeze)
            );
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // it was cut
        }
        finally
        {
            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
        }
    }

    private void Spend(int count)
    {
        var left = Interlocked.Add(ref allowance, -count);
        if (left < 0 && left + count >= 0)
        {
            Block();
            spent.TrySetResult();
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Action<int> spend, CancellationToken freeze)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (await from.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            {
                spend(count);
                await flows.Task;
                if (freeze.IsCancellationRequested)
                {
                    continue; // it is read and lost
                }

                await to.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // it was cut
        }
    }
}
