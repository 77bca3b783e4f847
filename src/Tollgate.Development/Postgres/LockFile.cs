namespace Tollgate.Development.Postgres;

/// <summary>
/// A lock between processes that the operating system lets go when its holder dies (flock, which is what
/// <see cref="FileShare"/> means on Unix). The file stays; only the lock on it counts.
/// </summary>
internal sealed class LockFile : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(25);
    private const int WouldBlock = 11;
    private readonly FileStream held;

    private LockFile(FileStream held) => this.held = held;

    /// <summary>Null when another holds it.</summary>
    public static LockFile? TryExclusive(string path) => Open(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Null when another holds it exclusively.</summary>
    public static LockFile? TryShared(string path) => Open(path, FileAccess.Read, FileShare.Read);

    public static async Task<LockFile> ExclusiveAsync(string path, TimeSpan timeout, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryExclusive(path) is { } mine)
                return mine;
            if (time.GetElapsedTime(began) > timeout)
                throw new DevelopmentException($"another process has held '{path}' for {timeout.TotalSeconds} s");
            await Task.Delay(RetryDelay, time, ct);
        }
    }

    public void Dispose() => held.Dispose();

    private static LockFile? Open(string path, FileAccess access, FileShare share)
    {
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var stream = new FileStream(path, FileMode.OpenOrCreate, access, share);
                if (!WasDeleted(stream))
                    return new LockFile(stream);
                stream.Dispose();
            }
            catch (UnauthorizedAccessException)
            {
                throw new DevelopmentException(
                    $"'{path}' cannot be opened by '{Environment.UserName}': set TOLLGATE_DATA to a folder of your own"
                );
            }
            catch (DirectoryNotFoundException)
            {
                // deleted between the two calls above, together with the lock: make it again
            }
            catch (IOException busy) when (busy.HResult == WouldBlock)
            {
                return null;
            }
        }
    }

    // between open and lock another process may have deleted the file; a lock on what is gone excludes nobody
    private static bool WasDeleted(FileStream stream)
    {
        var link = new FileInfo($"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
        return link is null || link.EndsWith(" (deleted)", StringComparison.Ordinal);
    }
}
