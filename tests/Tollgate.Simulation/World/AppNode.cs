using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Checkout;
using Tollgate.Deadlines;
using Tollgate.Notifications;
using Tollgate.Outbox;
using Tollgate.Simulation.Schedule;
using Tollgate.Status;
using Tollgate.Stripe;
using Tollgate.Webhooks;

namespace Tollgate.Simulation.World;

/// <summary>What both nodes of a world share.</summary>
internal sealed record WorldSettings(
    StripeSettings Stripe,
    PriceBook Prices,
    SimulatedTime Time,
    StripeWire Wire,
    DispatchedEffects Dispatched,
    MailSink Mails
);

/// <summary>
/// One process of the product: the library's own registration without a web server. Its background work is done by
/// hand, one round at a time.
/// </summary>
internal sealed class AppNode : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly WebhookEndpoint webhooks;

    public AppNode(string name, NpgsqlDataSource database, WorldSettings settings)
    {
        Name = name;
        services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddLogging()
            .AddSingleton(database)
            .AddSingleton<TimeProvider>(settings.Time)
            .AddSingleton(new TollgateOptions())
            .AddSingleton(settings.Stripe)
            .AddSingleton(settings.Prices)
            .AddSingleton(_ => new StripeClient(settings.Stripe, settings.Wire, settings.Time))
            .AddSingleton<IAccountDirectory, OneSeat>()
            .AddSingleton<IEffectHandler>(settings.Dispatched)
            .AddSingleton<IMailSender>(settings.Mails)
            .AddTollgate(SimulatedPlans.Catalog)
            .BuildServiceProvider();
        // made here, so that what it runs by itself is of no operation
        webhooks = services.GetRequiredService<WebhookEndpoint>();
        Click = services.GetRequiredService<StartCheckout>();
        Return = services.GetRequiredService<CompleteCheckout>();
        Status = services.GetRequiredService<ReadStatus>();
        Inbox = ActivatorUtilities.CreateInstance<InboxWorker>(services);
        Sweeper = ActivatorUtilities.CreateInstance<DeadlineSweeper>(services);
        Outbox = ActivatorUtilities.CreateInstance<OutboxWorker>(services);
        Mails = ActivatorUtilities.CreateInstance<MailWorker>(services);
        Accounts = services.GetRequiredService<OpenAccount>();
    }

    public string Name { get; }

    public OpenAccount Accounts { get; }

    public StartCheckout Click { get; }

    public CompleteCheckout Return { get; }

    public ReadStatus Status { get; }

    public InboxWorker Inbox { get; }

    public DeadlineSweeper Sweeper { get; }

    public OutboxWorker Outbox { get; }

    public MailWorker Mails { get; }

    /// <summary>Answers the status of a delivery.</summary>
    public async Task<int> ReceiveAsync(byte[] body, string signature)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(body);
        context.Request.Headers["Stripe-Signature"] = signature;
        return ((IStatusCodeHttpResult)await webhooks.HandleAsync(context)).StatusCode ?? StatusCodes.Status200OK;
    }

    public async ValueTask DisposeAsync()
    {
        Inbox.Dispose();
        Sweeper.Dispose();
        Outbox.Dispose();
        Mails.Dispose();
        await services.DisposeAsync();
    }

    private sealed class OneSeat : IAccountDirectory
    {
        public ValueTask<BillingCaller?> FindCallerAsync(
            System.Security.Claims.ClaimsPrincipal principal,
            CancellationToken cancellationToken
        ) => new((BillingCaller?)null);

        public ValueTask<int> CountSeatsInUseAsync(AccountId account, CancellationToken cancellationToken) => new(1);
    }
}
