using Tollgate.Catalog;
using Tollgate.Sandbox;
using Tollgate.Simulation.Schedule;
using Tollgate.Stripe;

namespace Tollgate.Simulation.World;

/// <summary>
/// Stripe, two nodes on one database, one account with people who click. It does one thing at a time;
/// what to do is <see cref="SeedRun"/>'s.
/// </summary>
internal sealed class SimulatedWorld : IAsyncDisposable
{
    public static readonly AccountId Account = new("acme");

    /// <summary>Shorter than Stripe lists its events.</summary>
    private static readonly TimeSpan LongestHop = TimeSpan.FromDays(8);

    private readonly WorldDatabase database;
    private readonly WorldSettings settings;
    private readonly SandboxServer sandbox;
    private readonly SocketsHttpHandler network;

    private SimulatedWorld(
        WorldDatabase database,
        WorldSettings settings,
        SandboxServer sandbox,
        SocketsHttpHandler network,
        StripeSide stripe,
        Tally tally
    )
    {
        this.database = database;
        this.settings = settings;
        this.sandbox = sandbox;
        this.network = network;
        Stripe = stripe;
        Deliveries = new Deliveries(stripe, tally);
        Nodes = [NewNode(0), NewNode(1)];
    }

    public StripeSide Stripe { get; }

    public Deliveries Deliveries { get; }

    public AppNode[] Nodes { get; }

    /// <summary>Operations that have begun and not ended, with the node that they run on.</summary>
    public List<(int Node, Operation Operation)> Underway { get; } = [];

    /// <summary>Subscriptions that somebody made at Stripe's dashboard, beside the account's own.</summary>
    public HashSet<string> MadeByHand { get; } = [];

    /// <summary>What left the product.</summary>
    public (DispatchedEffects Dispatched, MailSink Mails, StripeWire Wire) Outside =>
        (settings.Dispatched, settings.Mails, settings.Wire);

    public DateTimeOffset Now => settings.Time.GetUtcNow();

    /// <summary>Plans by Stripe's price id.</summary>
    public IReadOnlyDictionary<string, string> PlansByPrice { get; private init; } = new Dictionary<string, string>();

    public static async Task<SimulatedWorld> StartAsync(WorldDatabase empty, Storm storm, Tally tally)
    {
        var start = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(storm.Below(60 * 24 * 90));
        await empty.EmptyAsync(start);
        var time = new SimulatedTime(start, empty.SetClock);
        var stripeSettings = new SandboxOptions
        {
            Machine = time,
            AfterLastRetry = storm.Pick(Enum.GetValues<AfterLastRetry>()),
        };
        var server = await SandboxServer.StartAsync(stripeSettings);
        var sockets = new SocketsHttpHandler();
        var stripe = new StripeSide(server.BaseAddress, sockets);
        var prices = await PublishAsync(stripe);
        var shared = new WorldSettings(
            new StripeSettings
            {
                ApiBase = server.BaseAddress,
                SecretKey = StripeSide.Key,
                WebhookSecrets = [Deliveries.Secret],
            },
            new PriceBook(
                SimulatedPlans.Catalog,
                prices.ToDictionary(p => p.Key, IReadOnlyList<string> (p) => [p.Value])
            ),
            time,
            new StripeWire(
                new HttpMessageInvoker(empty.Mutant?.Network(sockets) ?? sockets, disposeHandler: false),
                time,
                storm,
                tally
            ),
            new DispatchedEffects(tally),
            new MailSink(time, storm, tally)
        );
        var world = new SimulatedWorld(empty, shared, server, sockets, stripe, tally)
        {
            PlansByPrice = prices.ToDictionary(price => price.Value, price => price.Key.Split('_')[0]),
        };
        await world.Nodes[0].Accounts.RunAsync(Account, "Acme", "owner@acme.test", CancellationToken.None);
        return world;
    }

    public string PriceOf(string plan) => PlansByPrice.First(price => price.Value == plan).Key;

    /// <summary>Time goes by, for everybody, and Stripe does what falls due in it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        while (time > TimeSpan.Zero)
        {
            var hop = time < LongestHop ? time : LongestHop;
            settings.Time.Advance(hop);
            await sandbox.AdvanceAsync(TimeSpan.Zero);
            await Deliveries.CollectAsync(Now);
            time -= hop;
        }
    }

    public Operation Begin(int node, string name, Func<AppNode, Task> work)
    {
        var its = Nodes[node];
        var operation = Operation.Begin($"{its.Name} {name}", () => work(its));
        Underway.Add((node, operation));
        return operation;
    }

    /// <summary>The node's process ends somewhere in what it is doing, and another is started in its place.</summary>
    public async Task CrashAsync(int node, Func<int> pointsLeft)
    {
        foreach (var (_, operation) in Underway.FindAll(one => one.Node == node))
        {
            operation.Die(pointsLeft());
            while (!operation.IsDone)
            {
                await operation.StepAsync();
            }
        }

        Underway.RemoveAll(one => one.Node == node);
        await Nodes[node].DisposeAsync();
        // what the dead node held half-read is not handed to the new one
        database.Nodes[node].Clear();
        Nodes[node] = NewNode(node);
    }

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < Nodes.Length; node++)
        {
            await CrashAsync(node, () => 0);
            await Nodes[node].DisposeAsync();
        }

        Stripe.Dispose();
        network.Dispose();
        await sandbox.DisposeAsync();
    }

    private AppNode NewNode(int node) => new($"node {node + 1}", database.Nodes[node], settings);

    private static async Task<Dictionary<string, string>> PublishAsync(StripeSide stripe)
    {
        var prices = new Dictionary<string, string>();
        foreach (var price in SimulatedPlans.Catalog.Plans.SelectMany(plan => plan.Prices))
        {
            var made = await stripe.PostAsync(
                "/v1/prices",
                ("currency", "usd"),
                ("unit_amount", $"{price.UnitAmount.AmountMinor}"),
                ("recurring[interval]", "month"),
                ("product_data[name]", price.Alias)
            );
            prices.Add(price.Alias, made.GetProperty("id").GetString()!);
        }

        return prices;
    }
}
