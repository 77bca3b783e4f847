using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Access;
using Tollgate.Catalog;
using Tollgate.Inbox;
using Tollgate.Settings;
using Tollgate.Usage;

namespace Tollgate.Load;

/// <summary>The three paths that every customer's request or Stripe's event goes through.</summary>
internal static class HotPaths
{
    public static IEnumerable<Race> Of(IServiceProvider services)
    {
        foreach (var callers in new[] { 32, 256 })
        {
            yield return Webhook(services, callers);
        }

        foreach (var tenants in new[] { 1, 1000 })
        {
            yield return Reserve(services, tenants);
        }

        yield return Gate(services);
    }

    private static Race Webhook(IServiceProvider services, int callers)
    {
        var inbox = services.GetRequiredService<EventInbox>();
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var body = Encoding.UTF8.GetBytes($$"""{"filler":"{{new string('x', 3000)}}"}""");
        return new Race(
            "webhook recorded: batched against one insert each",
            callers,
            call => inbox.RecordAsync(Event(call, body), CancellationToken.None),
            call => InsertAsync(database, call, body)
        );
    }

    private static ReceivedEvent Event(long call, byte[] body) =>
        new(Id("evt_b", call), "charge.succeeded", null, null, null, "cus_1", null, "ignored", null, body);

    private static async Task InsertAsync(NpgsqlDataSource database, long call, byte[] body)
    {
        await using var command = database.CreateCommand(
            """
            WITH added AS (
                INSERT INTO billing.inbox_receipts (event_id, type, customer_id, received_at, state, not_before)
                VALUES ($1, 'charge.succeeded', 'cus_1', clock_timestamp(), 'ignored', clock_timestamp())
                ON CONFLICT (event_id) DO NOTHING RETURNING event_id
            )
            INSERT INTO billing.inbox_payloads (event_id, received_month, body)
            SELECT event_id, DATE '2026-01-01', $2 FROM added
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = Id("evt_s", call) });
        command.Parameters.Add(new NpgsqlParameter { Value = body });
        await command.ExecuteNonQueryAsync();
    }

    private static Race Reserve(IServiceProvider services, int tenants)
    {
        var batched = services.GetRequiredService<UsageMeters>();
        var unlimited = new TollgateOptions { BillingEnabled = false };
        var single = new UsageMeters(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<PlanCatalog>(),
            services.GetRequiredService<BillingClock>(),
            services.GetRequiredService<IMeterRefusals>(),
            new BillingSwitch(unlimited),
            new MeterOptions { LargestFlush = 1 }
        );
        return new Race(
            $"reserve on {tenants} tenants: batched against a transaction each, one after the other",
            32,
            call => ReserveAsync(batched, "b", call, tenants),
            call => ReserveAsync(single, "s", call, tenants)
        );
    }

    // Past the limit a reserve is refused, after the same work.
    private static async Task ReserveAsync(UsageMeters meters, string kind, long call, int tenants)
    {
        var tenant = new AccountId($"{kind}-{call % tenants}");
        await meters.ReserveAsync(tenant, "fix", Id(kind, call), CancellationToken.None);
    }

    private static Race Gate(IServiceProvider services)
    {
        var gate = services.GetRequiredService<AccessGate>();
        gate.SetListening(true);
        var known = new Dictionary<AccountId, bool>();
        var tenants = Enumerable.Range(0, 1000).Select(i => new AccountId($"gate-{i}")).ToArray();
        foreach (var tenant in tenants)
        {
            known.Add(tenant, value: true);
        }

        return new Race(
            "gate of 1,000 tenants, 1,000 decisions a call: decided against a bare dictionary look-up",
            1,
            async _ =>
            {
                foreach (var tenant in tenants)
                {
                    await gate.DecideAsync(tenant, CancellationToken.None);
                }
            },
            _ =>
            {
                foreach (var tenant in tenants)
                {
                    known.TryGetValue(tenant, out var _);
                }

                return Task.CompletedTask;
            }
        );
    }

    private static string Id(string kind, long call) =>
        $"{kind}_{Environment.ProcessId}_{call.ToString(CultureInfo.InvariantCulture)}";
}
