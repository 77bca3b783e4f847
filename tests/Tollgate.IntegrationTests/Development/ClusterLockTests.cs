using System.Diagnostics;
using Tollgate.Development.Postgres;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Development;

public sealed class ClusterLockTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tollgate-lock-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Users => Path.Combine(folder.FullName, "users.lock");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Shares_go_together_and_keep_the_exclusive_lock_out()
    {
        using var one = LockFile.TryShared(Users);
        using (var two = LockFile.TryShared(Users))
            Assert.NotNull(two);
        Assert.NotNull(one);
        Assert.Null(LockFile.TryExclusive(Users));

        one.Dispose();
        using var alone = LockFile.TryExclusive(Users);
        Assert.NotNull(alone);
        Assert.Null(LockFile.TryShared(Users));
    }

    [Fact]
    public async Task Share_of_another_process_counts_until_it_is_killed()
    {
        await File.WriteAllTextAsync(Users, "", Ct);
        using var other = Process.Start("flock", ["--shared", Users, "sleep", "60"]);
        await Eventually.Async(() => IsHeld(Users), ct: Ct, what: "the other process to hold the lock");

        // sleep inherited the lock; both die
        other.Kill(entireProcessTree: true);

        await Eventually.Async(() => !IsHeld(Users), ct: Ct, what: "the lock to end with its holder");
    }

    [Fact]
    public void Deleted_lock_file_is_made_anew_with_its_folder()
    {
        using var stale = LockFile.TryExclusive(Users);
        folder.Delete(recursive: true);

        using var fresh = LockFile.TryExclusive(Users);

        Assert.NotNull(fresh);
        Assert.True(File.Exists(Users));
    }

    private static bool IsHeld(string path)
    {
        using var free = LockFile.TryExclusive(path);
        return free is null;
    }
}
