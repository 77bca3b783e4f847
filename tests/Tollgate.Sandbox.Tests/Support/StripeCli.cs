using System.Diagnostics;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Stripe's own command line against a Sandbox, with a home folder that is thrown away.</summary>
internal sealed partial class StripeCli : IDisposable
{
    public const string Key = "sk_test_localsandbox123";
    private readonly string executable;
    private readonly Uri address;
    private readonly string key;
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("stripe-cli-");

    private StripeCli(string executable, Uri address, string key)
    {
        this.executable = executable;
        this.address = address;
        this.key = key;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<StripeCli> AtAsync(Uri stripe, string key = Key) =>
        new(await OfficialTools.StripeCliAsync(Token), stripe, key);

    /// <summary>Runs a command, e.g. <c>trigger invoice.paid</c>, to its end.</summary>
    public Task<Ended> RunAsync(params string[] arguments) => RunWithKeyAsync(key, arguments);

    /// <summary>Runs a command that must succeed; returns what it wrote to standard output.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var ended = await RunAsync(arguments);
        Assert.True(ended.Code == 0, ended.All);
        return ended.Output;
    }

    public Task<Ended> RunWithKeyAsync(string otherKey, params string[] arguments) =>
        Command.RunAsync(executable, [.. arguments, .. ApiBase], home.FullName, Environment(otherKey), Token);

    /// <summary>Starts a command that does not end by itself; the caller kills it.</summary>
    public Process Start(params string[] arguments) =>
        Command.Start(executable, [.. arguments, .. ApiBase], home.FullName, Environment(key));

    public void Dispose() => home.Delete(recursive: true);

    private string[] ApiBase => ["--api-base", address.GetLeftPart(UriPartial.Authority)];

    private Dictionary<string, string> Environment(string withKey)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = home.FullName,
            ["XDG_CONFIG_HOME"] = Path.Combine(home.FullName, ".config"),
            ["STRIPE_API_KEY"] = withKey,
        };
        if (address.IsLoopback)
        {
            foreach (var (name, value) in Command.Offline)
            {
                environment[name] = value;
            }
        }

        return environment;
    }
}
