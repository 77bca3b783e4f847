using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Tollgate.Load.Wire;

/// <summary>
/// One HTTP/1.1 connection, one request at a time, of answers with a length or in chunks. It shares the processor with
/// what it loads, so it does nothing else.
/// </summary>
internal sealed class WireConnection : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024;
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] received = new byte[AnswerBytesMax];
    private int length;

    private static ReadOnlySpan<byte> EndOfHeaders => "\r\n\r\n"u8;

    /// <summary>The last answer, headers and body.</summary>
    public ReadOnlySpan<byte> Answer => received.AsSpan(0, length);

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken) =>
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellationToken);

    /// <returns>The status.</returns>
    public async ValueTask<int> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length; )
        {
            sent += await socket.SendAsync(request[sent..], SocketFlags.None, cancellationToken);
        }

        length = 0;
        do
        {
            var read = await socket.ReceiveAsync(received.AsMemory(length), SocketFlags.None, cancellationToken);
            length +=
                read > 0
                    ? read
                    : throw new InvalidOperationException("A connection was closed before its answer was whole.");
        } while (!IsWhole(Answer));

        return Utf8Parser.TryParse(received.AsSpan(9, 3), out int status, out _)
            ? status
            : throw new InvalidOperationException("An answer has no status.");
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf(EndOfHeaders);
        if (end < 0)
        {
            return false;
        }

        var headers = answer[..(end + 2)];
        if (Find(headers, "\r\nContent-Length: "u8, "\r\ncontent-length: "u8) is var at and >= 0)
        {
            Utf8Parser.TryParse(headers[at..], out int bytes, out _);
            return answer.Length >= end + EndOfHeaders.Length + bytes;
        }

        return Find(headers, "\r\nTransfer-Encoding: chunked"u8, "\r\ntransfer-encoding: chunked"u8) < 0
            || answer.EndsWith("\r\n0\r\n\r\n"u8);
    }

    /// <summary>Where the text ends that begins with one of these; -1 when neither is there.</summary>
    private static int Find(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var at = headers.IndexOf(one);
        at = at < 0 ? headers.IndexOf(other) : at;
        return at < 0 ? -1 : at + one.Length;
    }
}
