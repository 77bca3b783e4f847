using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.ImportCsvTests;

/// <summary>An upload over a bare connection, for what no well-behaved client sends.</summary>
internal sealed class RawUpload : IDisposable
{
    private const string Start =
        "--b\r\nContent-Disposition: form-data; name=\"importer_key\"\r\n\r\nimp_demo\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";

    private readonly TcpClient connection;
    private readonly NetworkStream stream;

    private RawUpload(Uri host, IPAddress from)
    {
        connection = new TcpClient(new IPEndPoint(from, 0));
        connection.Connect(host.Host, host.Port);
        stream = connection.GetStream();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Says how long the body will be, and sends the form up to the first character of its file.</summary>
    /// <param name="from">Which of this machine's addresses it comes from.</param>
    public static async Task<RawUpload> BeginAsync(ImportCsvHost host, long contentLength, string from = "127.0.0.1")
    {
        var upload = new RawUpload(host.Address, IPAddress.Parse(from));
        await upload.SendAsync(
            $"POST /api/v1/imports/ HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Length: {contentLength}\r\n"
                + $"Content-Type: multipart/form-data; boundary=b\r\n\r\n{Start}"
        );
        return upload;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes, Token);

    /// <summary>Sends the same again and again, until all is sent or nobody takes it; answers how much.</summary>
    public async Task<long> PourAsync(ReadOnlyMemory<byte> block, long all, CancellationToken until)
    {
        var sent = 0L;
        try
        {
            for (; sent < all; sent += block.Length)
            {
                await stream.WriteAsync(block, until);
            }
        }
        catch (Exception refused) when (refused is IOException or OperationCanceledException)
        {
            // nobody takes it any more
        }

        return sent;
    }

    /// <summary>Nothing more will come, but an answer is waited for.</summary>
    public void End() => connection.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The answer's head and body as they came, up to the end of the connection or of the JSON.</summary>
    public async Task<string> AnswerAsync()
    {
        var text = new StringBuilder();
        var block = new byte[4096];
        while (!text.ToString().Contains('}', StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(block, Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(block, 0, read));
        }

        return text.ToString();
    }

    public void Dispose()
    {
        stream.Dispose();
        connection.Dispose();
    }
}
