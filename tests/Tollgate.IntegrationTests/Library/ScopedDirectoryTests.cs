using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tollgate.Access;
using Tollgate.Accounts;
using Tollgate.Status;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Library;

/// <summary>
/// The usual lifetime of what works with a database. The app runs in Development, where a scoped service that a
/// singleton takes in stops the start.
/// </summary>
public sealed class ScopedDirectoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scoped_directory_sells_and_changes_a_plan_and_none_of_its_scopes_is_left_open()
    {
        await using var app = await StartAsync();

        await app.BuyAsync();
        await app.ChangeAsync("seats", "seat_count", 3);
        await app.StatusBecomesAsync(status => status.GetProperty("seats").GetInt32() == 3, "three seats");
        await app.PostAsync(
            "upgrade",
            new
            {
                price_id = "team_annual",
                effective = "period_end",
                preview = true,
            }
        );
        Assert.Equal(2, (await app.GetAsync("plans")).GetProperty("seats").GetProperty("in_use").GetInt32());

        await Eventually.Async(
            () => Task.FromResult(app.Service<Count>().Open == 0),
            ct: Token,
            what: "every scope to be closed"
        );
        Assert.True(app.Service<Count>().Made > 5);
    }

    [Fact]
    public async Task Where_no_request_is_served_a_scoped_directory_has_a_scope_of_its_own()
    {
        await using var app = await StartAsync();

        var status = await app.Service<ReadStatus>().RunAsync(LibraryApp.Acme, Token);

        Assert.Equal(2, status.SeatsInUse);
        Assert.Equal((1, 0), (app.Service<Count>().Made, app.Service<Count>().Open));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gate_asks_a_scoped_directory_with_a_request_and_without(bool hasRequest)
    {
        await using var app = await StartAsync();
        await using var scope = app.App.Services.CreateAsyncScope();
        var someone = new ClaimsPrincipal(new ClaimsIdentity("owner"));
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = someone };

        var rights = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        var answer = await rights.AuthorizeAsync(
            someone,
            hasRequest ? http : new object(),
            new RequireFeatureAttribute("rules")
        );

        Assert.False(answer.Succeeded);
        Assert.Equal((1, hasRequest ? 1 : 0), (app.Service<Count>().Made, app.Service<Count>().Open));
    }

    [Fact]
    public async Task A_stream_asks_anew_each_time_and_not_what_its_request_remembers()
    {
        await using var app = await StartAsync();
        using var stream = await app.Client.GetStreamAsync(new Uri("/api/billing/stream", UriKind.Relative), Token);
        using var reader = new StreamReader(stream);
        await reader.ReadLineAsync(Token);

        await app.BuyAsync();

        var made = app.Service<Count>();
        await Eventually.Async(() => Task.FromResult(made.Made > 3), ct: Token, what: "the stream to ask again");
        await Eventually.Async(() => Task.FromResult(made.Open == 0), ct: Token, what: "no scope to be held");
    }

    private static Task<LibraryApp> StartAsync() =>
        LibraryApp.StartAsync(
            Some.Catalog,
            services =>
            {
                services.AddSingleton<Count>();
                services.Replace(ServiceDescriptor.Scoped<IAccountDirectory, ScopedDirectory>());
            }
        );

    private sealed class Count
    {
        private int made;
        private int closed;

        public int Made => Volatile.Read(ref made);

        public int Open => Volatile.Read(ref made) - Volatile.Read(ref closed);

        public void Make() => Interlocked.Increment(ref made);

        public void Close() => Interlocked.Increment(ref closed);
    }

    private sealed class ScopedDirectory : IAccountDirectory, IDisposable
    {
        private readonly Count count;

        public ScopedDirectory(Count count)
        {
            this.count = count;
            count.Make();
        }

        public ValueTask<BillingCaller?> FindCallerAsync(
            ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new(new BillingCaller(LibraryApp.Acme, IsBillingAdmin: true));

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(2);

        public void Dispose() => count.Close();
    }
}
