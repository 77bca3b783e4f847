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
}
