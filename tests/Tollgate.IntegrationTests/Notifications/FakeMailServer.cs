using System.Net;
using System.Net.Sockets;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>A mail server on a loopback port that speaks just enough SMTP.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<string> mails = [];
    private readonly Task serving;

    public FakeMailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public ProviderMood Mood { get; set; }

    public string[] Settings =>
        [
            $"--SMTP_URL=smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
            "--MAIL_FROM=Hydra <billing@hydra.test>",
        ];

    /// <summary>The mails that were taken, head and body as they came.</summary>
    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (mails)
            {
                return [.. mails];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await serving;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await TalkAsync(client);
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException)
            {
                // the test is over, or the client has gone
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.test");
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                await TakeAsync(reader);
                if (Mood == ProviderMood.TakesAndBreaksTheConnection)
                {
                    return;
                }
            }

            await writer.WriteLineAsync(
                verb switch
                {
                    "RCPT" when Mood == ProviderMood.RefusesTheAddress => "550 no such mailbox",
                    "RCPT" when Mood == ProviderMood.IsBusy => "450 later",
                    "QUIT" => "221 bye",
                    _ => "250 fine",
                }
            );
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var mail = new List<string>();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
        {
            mail.Add(line);
        }

        lock (mails)
        {
            mails.Add(string.Join('\n', mail));
        }
    }
}
