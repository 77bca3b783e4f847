using System.Diagnostics;
using Npgsql;
using Tollgate.Access;
using Tollgate.Load.Measuring;
using Tollgate.Load.Plain;
using Tollgate.Load.Processes;
using Tollgate.Load.Wire;

namespace Tollgate.Load.Paths;

/// <summary>
/// From a delivery of a customer who is known until what it says holds, one at a time on an idle node: until the gates
/// are told. The read that this takes is measured beside it.
/// </summary>
internal static class AppliedPath
{
    private const string Account = "applied";
    private const int Changes = 40;

    public static LoadPath Of(Rig rig) => new("applied", 1, () => PrepareAsync(rig));

    private static async Task<IReadOnlyList<Contender>> PrepareAsync(Rig rig)
    {
        var hydra = await rig.HydraAsync();
        var bought = await SandboxSubscription.BuyAsync(rig.Sandbox, HydraSettings.SecretKey, Account, rig.Token);
        rig.Keep(bought);
        await hydra.Database.RunAsync(
            $"""
            INSERT INTO billing.stripe_bindings VALUES ('{bought.Customer}', '{Account}', clock_timestamp())
            ON CONFLICT DO NOTHING;
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at, stripe_customer_id)
            VALUES ('{Account}', '{Account}', 'owner@load.test', clock_timestamp(), '{bought.Customer}')
            ON CONFLICT DO NOTHING;
            """,
            rig.Token
        );
        return
        [
            new AppliedContender(rig, hydra, bought, await rig.SecretAsync()),
            new CallContender("its read alone", Role.Other, rig, new CallUse(1, _ => bought.ReadAsync(rig.Token))),
        ];
    }

    private sealed class AppliedContender(Rig rig, Served hydra, SandboxSubscription bought, string secret)
        : Contender("Hydra", Role.Ours, hydra.Process.Id)
    {
        public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
            {
                BaseAddress = hydra.Process.Address,
            };
            await using var listening = await hydra.Database.OpenConnectionAsync(cancellationToken);
            await using (var listen = new NpgsqlCommand($"LISTEN {AccessGate.Channel}", listening))
            {
                await listen.ExecuteNonQueryAsync(cancellationToken);
            }

            var latencies = new LatencyHistogram();
            var (server, database, seconds) = (0.0, 0.0, 0.0);
            for (var change = 0; change < Changes; change++)
            {
                var body = await bought.ChangeAsync(cancellationToken);
                // the budget of reads is not what is measured
                await hydra.Database.RunAsync("UPDATE billing.stripe_read_budget SET tokens = 20", cancellationToken);
                var (serverBefore, databaseBefore) = (ProcessorTime.Of(Process), rig.Cluster.Processor);
                var began = Stopwatch.GetTimestamp();
                using var delivery = SignedEvents.Message(body, PlainServer.WebhookPath, secret);
                using var answer = await http.SendAsync(delivery, cancellationToken);
                await listening.WaitAsync(cancellationToken);
                var took = Stopwatch.GetTimestamp() - began;
                latencies.Add(took);
                seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
                server += ProcessorTime.Of(Process) - serverBefore;
                database += rig.Cluster.Processor - databaseBefore;
            }

            return new Measurement(
                Changes,
                Changes / seconds,
                latencies.MillisecondsAt(0.5),
                latencies.MillisecondsAt(0.99),
                server / Changes,
                database / Changes,
                AllocatedBytes: null
            );
        }
    }
}
