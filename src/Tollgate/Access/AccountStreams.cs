using System.Threading.Channels;

namespace Tollgate.Access;

/// <summary>The streams of this node that are notified when an account changed.</summary>
internal sealed class AccountStreams
{
    /// <summary>More of one account on one node are a mistake of its pages, or no pages.</summary>
    public const int PerAccountMax = 50;

    private readonly Dictionary<AccountId, HashSet<AccountStream>> open = [];
    private readonly Lock changing = new();

    /// <summary>Null when the account has as many as it may have.</summary>
    public AccountStream? TryOpen(AccountId account)
    {
        lock (changing)
        {
            if (!open.TryGetValue(account, out var streams))
            {
                open[account] = streams = [];
            }

            if (streams.Count >= PerAccountMax)
            {
                return null;
            }

            var stream = new AccountStream(this, account);
            streams.Add(stream);
            return stream;
        }
    }

    public void Wake(AccountId account)
    {
        foreach (var stream in StreamsOf(account))
        {
            stream.Wake();
        }
    }

    public void WakeAll()
    {
        AccountId[] accounts;
        lock (changing)
        {
            accounts = [.. open.Keys];
        }

        Array.ForEach(accounts, Wake);
    }

    internal void Close(AccountStream stream)
    {
        lock (changing)
        {
            if (open.TryGetValue(stream.Account, out var streams) && streams.Remove(stream) && streams.Count == 0)
            {
                open.Remove(stream.Account);
            }
        }
    }

    private AccountStream[] StreamsOf(AccountId account)
    {
        lock (changing)
        {
            return open.TryGetValue(account, out var streams) ? [.. streams] : [];
        }
    }
}

/// <summary>One reader's signal. It is set once, however often it was raised before the reader read it.</summary>
internal sealed class AccountStream(AccountStreams all, AccountId account) : IDisposable
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public AccountId Account { get; } = account;

    public void Wake() => bell.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await bell.Reader.ReadAsync(cancellationToken);

    public void Dispose() => all.Close(this);
}
