using Tollgate.Development;

namespace Tollgate.IntegrationTests.Development;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("tollgate-state-");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("Tollgate.slnx")]
    [InlineData(".git")]
    public void Lies_under_the_nearest_checkout_root(string landmark)
    {
        var deep = root.CreateSubdirectory("checkout/hosts/Hydra").FullName;
        File.WriteAllText(Path.Combine(root.FullName, "checkout", landmark), "");

        Assert.Equal(Path.Combine(root.FullName, "checkout", ".tollgate"), StateDirectory.Find(deep, configured: null));
    }

    [Fact]
    public void Outside_a_checkout_lies_in_the_start_folder() =>
        Assert.Equal(Path.Combine(root.FullName, ".tollgate"), StateDirectory.Find(root.FullName, configured: null));

    [Fact]
    public void Configured_folder_wins() =>
        Assert.Equal("/somewhere/else", StateDirectory.Find(root.FullName, configured: "/somewhere/else"));

    [Fact]
    public async Task The_folder_keeps_itself_out_of_commits_and_one_of_somebody_elses_is_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("tollgate-state-").FullName;
        var token = TestContext.Current.CancellationToken;
        foreach (var ours in (string[])[Path.Combine(folder, ".tollgate"), Path.Combine(folder, "made")])
        {
            StateDirectory.Make(ours);
            StateDirectory.Make(ours);
            Assert.Equal("*\n", await File.ReadAllTextAsync(Path.Combine(ours, ".gitignore"), token));
        }

        StateDirectory.Make(folder);
        Assert.False(File.Exists(Path.Combine(folder, ".gitignore")));
        Directory.Delete(folder, recursive: true);
    }
}
