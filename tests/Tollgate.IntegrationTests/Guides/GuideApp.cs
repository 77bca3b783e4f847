using Tollgate.Hosting;
using Tollgate.Startup;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>The app of docs/guide, as its files stand there; one for all guides that are about this app.</summary>
public sealed class GuideApp : IAsyncLifetime
{
    private Running running = null!;

    internal RunningProduct Product => running;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => running = await Running.StartAsync();

    public ValueTask DisposeAsync() => running.DisposeAsync();

    /// <summary>Somebody new, signed in as the guide has it.</summary>
    internal async Task<GuideCaller> SignInAsync(string email)
    {
        var client = running.Stranger();
        Assert.Equal("Signed in.", await client.GetStringAsync($"/login?email={email}", Token));
        return new GuideCaller(client, running.Stripe);
    }

    private sealed class Running : RunningProduct
    {
        private Running(Microsoft.AspNetCore.Builder.WebApplication app, TestDatabase database, Uri address)
            : base(app, database, address) { }

        public static async Task<Running> StartAsync()
        {
            var database = await TestDatabase.CreateAsync(MigrateAsync);
            var address = FreeAddress();
            var app = MyApp.App.Create(Args(address, database.ConnectionString));
            await app.StartTollgateAsync(Token);
            return new Running(app, database, address);
        }

        private static async Task MigrateAsync(string connectionString)
        {
            await using var app = MyApp.App.Create(Args(FreeAddress(), connectionString));
            await app.Services.RunStartupStepsAsync(CancellationToken.None);
        }

        private static string[] Args(Uri address, string connectionString) =>
            Settings(address, connectionString, "--applicationName=MyApp", "--Logging:LogLevel:Default=None");
    }
}
