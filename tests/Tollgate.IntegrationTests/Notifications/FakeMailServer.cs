using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tollgate.IntegrationTests.Notifications;

/// <summary>A mail server on a loopback port that speaks just enough SMTP.</summary>
internal sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<string> mails = [];
    private readonly List<string> commands = [];
    private readonly Task serving;

    public FakeMailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public ProviderMood Mood { get; set; }

    /// <summary>What it says to EHLO: <c>STARTTLS</c>, <c>AUTH PLAIN</c>.</summary>
    public string[] Offers { get; init; } = [];

    /// <summary>What it shows after STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Takes the connection and says nothing.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What it says to a password.</summary>
    public string SaysToPassword { get; init; } = "235 welcome";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string[] Settings => [$"--SMTP_URL=smtp://127.0.0.1:{Port}", "--MAIL_FROM=Hydra <billing@hydra.test>"];

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

    /// <summary>All lines that are no mail.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (commands)
            {
                return [.. commands];
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
            catch (Exception ended) when (ended is OperationCanceledException or IOException or AuthenticationException)
            {
                // the test is over, or the client has gone, or does not trust the certificate
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        if (IsSilent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token);
        }

        await client.GetStream().WriteAsync("220 mail.test\r\n"u8.ToArray(), stopping.Token);
        if (await TalkAsync(client.GetStream()))
        {
            await using var encrypted = new SslStream(client.GetStream());
            await encrypted.AuthenticateAsServerAsync(Certificate!);
            await TalkAsync(encrypted);
        }
    }

    /// <returns>Whether the client goes on encrypted.</returns>
    private async Task<bool> TalkAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            lock (commands)
            {
                commands.Add(line);
            }

            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                await TakeAsync(reader);
                if (Mood == ProviderMood.TakesAndBreaksTheConnection)
                {
                    return false;
                }
            }

            await writer.WriteLineAsync(Answer(verb));
            if (verb == "STARTTLS")
            {
                return true;
            }
        }

        return false;
    }

    private string Answer(string verb) =>
        verb switch
        {
            "EHLO" => string.Concat(Offers.Select(offer => $"250-{offer}\r\n")) + "250 fine",
            "STARTTLS" => "220 go on",
            "AUTH" => SaysToPassword,
            "RCPT" when Mood == ProviderMood.RefusesTheAddress => "550 no such mailbox",
            "RCPT" when Mood == ProviderMood.IsBusy => "450 later",
            "QUIT" => "221 bye",
            _ => "250 fine",
        };

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
