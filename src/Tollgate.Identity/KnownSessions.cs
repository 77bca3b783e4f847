using Microsoft.Extensions.Caching.Memory;

namespace Tollgate.Identity;

/// <summary>
/// Who was signed in when the database last said so, for as long as it is away: what needs no database goes on for
/// them. Nobody can log out or change a password meanwhile, so nothing is missed but what another node did.
/// </summary>
internal sealed class KnownSessions : IDisposable
{
    private const int Most = 10_000;

    /// <summary>As long as the gates answer from what they know (decision S9).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(72);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <param name="hash">Of the session's secret, in hexadecimal digits.</param>
    public void Keep(string hash, SessionUser? user)
    {
        if (user is null)
        {
            cache.Remove(hash);
            return;
        }

        var options = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Longest };
        cache.Set(hash, user, options);
    }

    public SessionUser? Find(string hash) => cache.Get<SessionUser>(hash);

    public void Dispose() => cache.Dispose();
}
