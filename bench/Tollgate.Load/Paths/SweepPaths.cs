using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Catalog;
using Tollgate.Load.Measuring;
using Tollgate.Load.Processes;
using Tollgate.Usage;

namespace Tollgate.Load.Paths;

/// <summary>
/// The reset of free windows over many tenants: when few are due, when none is, and what other calls feel of it.
/// </summary>
internal static class SweepPaths
{
    private const int Due = 10_000;
    private const int OtherTenants = 1000;
    private const int OtherCallers = 32;
    private const string IsTenant = "account_id LIKE 'sweep-%'";

    public static IEnumerable<LoadPath> Of(Rig rig, LoadOptions options)
    {
        var tenants = options.Quick ? 100_000 : 1_000_000;
        return
        [
            new($"sweep-{Due}-of-{tenants}", 1, () => SomeDueAsync(rig, tenants)),
            new($"sweep-none-of-{tenants}", 1, () => NoneDueAsync(rig, tenants)),
            new($"sweep-beside-{OtherCallers}", OtherCallers, () => BesideAsync(rig, tenants)),
        ];
    }

    private static async Task<IReadOnlyList<Contender>> SomeDueAsync(Rig rig, int tenants)
    {
        var database = await TenantsAsync(rig, tenants);
        var makeDue = (CancellationToken token) => MakeDueAsync(database, tenants, token);
        return
        [
            new SweepContender("ResetWindows", Role.Ours, rig, makeDue, _ => ResetAsync(rig)),
            new SweepContender("row by row", Role.Other, rig, makeDue, token => ResetRowByRowAsync(database, token)),
        ];
    }

    private static async Task<IReadOnlyList<Contender>> NoneDueAsync(Rig rig, int tenants)
    {
        var database = await TenantsAsync(rig, tenants);
        await ResetAsync(rig);
        return
        [
            Pass("ResetWindows", Role.Ours, () => ResetAsync(rig)),
            Pass("all rows looked through", Role.Other, () => LookThroughAsync(database, rig.Token)),
        ];

        CallContender Pass(string name, Role role, Func<Task<int>> passAsync) =>
            new(
                name,
                role,
                rig,
                new CallUse(
                    1,
                    async _ =>
                    {
                        if (await passAsync() is not 0 and var due)
                        {
                            throw new InexactException($"{name}: {due} accounts are due");
                        }
                    }
                )
            );
    }

    private static async Task<IReadOnlyList<Contender>> BesideAsync(Rig rig, int tenants)
    {
        var database = await TenantsAsync(rig, tenants);
        var usage = new OurUsage((await rig.ServicesAsync()).Services, OtherTenants);
        var sweep = Task.FromResult(0);
        return
        [
            new CallContender(
                "reserves while 10,000 are reset",
                Role.Ours,
                rig,
                new CallUse(
                    OtherCallers,
                    call =>
                    {
                        sweep = call == 0 ? Task.Run(() => ResetAsync(rig)) : sweep;
                        return usage.ReserveAsync(call);
                    },
                    async token =>
                    {
                        await usage.ClearAsync(token);
                        await MakeDueAsync(database, tenants, token);
                    },
                    async (granted, token) =>
                        await sweep == Due
                            ? await usage.FindReserveFaultAsync(granted, token)
                            : $"{await sweep} of {Due} accounts were reset"
                )
            ),
            new CallContender(
                "reserves alone",
                Role.Other,
                rig,
                new CallUse(OtherCallers, usage.ReserveAsync, usage.ClearAsync, usage.FindReserveFaultAsync)
            ),
        ];
    }

    /// <summary>One meter in use of each tenant; their windows end within the next month, evenly spread.</summary>
    private static async Task<NpgsqlDataSource> TenantsAsync(Rig rig, int count)
    {
        var database = (await rig.ServicesAsync()).Services.GetRequiredService<NpgsqlDataSource>();
        if (await database.ReadAsync<long>($"SELECT count(*) FROM billing.meters WHERE {IsTenant}", rig.Token) < count)
        {
            await database.RunAsync(
                $"""
                INSERT INTO billing.meters (account_id, meter, window_group, window_ends_at, window_no, used)
                SELECT 'sweep-' || n, 'fix', 'free_tier',
                    clock_timestamp() + interval '1 day' + n * interval '28 days' / {count}, 1, 1
                FROM generate_series(0, {count - 1}) n
                """,
                rig.Token
            );
            await database.RunAsync("VACUUM ANALYZE billing.meters", rig.Token);
        }

        return database;
    }

    /// <summary>Of tenants that lie everywhere in the table.</summary>
    private static async Task MakeDueAsync(NpgsqlDataSource database, int tenants, CancellationToken cancellationToken)
    {
        await database.RunAsync(
            $"""
            UPDATE billing.meters SET window_ends_at = clock_timestamp() - interval '1 minute', used = 1
            FROM generate_series(0, {tenants - 1}, {tenants / Due}) n WHERE account_id = 'sweep-' || n
            """,
            cancellationToken
        );
        await database.RunAsync("VACUUM ANALYZE billing.meters", cancellationToken);
    }

    private static async Task<int> ResetAsync(Rig rig)
    {
        var services = (await rig.ServicesAsync()).Services;
        return await ResetWindows.ResetAsync(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<PlanCatalog>(),
            TimeProvider.System.GetUtcNow(),
            () => { },
            rig.Token
        );
    }

    /// <summary>What is due is read once, and each row written by a statement of its own.</summary>
    private static async Task<int> ResetRowByRowAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var due = new List<(string Account, string Meter)>();
        await using (
            var find = new NpgsqlCommand(
                "SELECT account_id, meter FROM billing.meters WHERE plan_until IS NULL AND window_ends_at <= $1",
                connection
            )
        )
        {
            find.Parameters.AddWithValue(TimeProvider.System.GetUtcNow());
            await using var rows = await find.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                due.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        await using var reset = new NpgsqlCommand(
            """
            UPDATE billing.meters SET used = 0, reserved = 0, window_no = window_no + 1,
                window_ends_at = window_ends_at + interval '30 days'
            WHERE account_id = $1 AND meter = $2 AND window_ends_at <= $3
            """,
            connection
        );
        reset.Parameters.AddRange(
            (NpgsqlParameter[])
                [new() { Value = "" }, new() { Value = "" }, new() { Value = TimeProvider.System.GetUtcNow() }]
        );
        await reset.PrepareAsync(cancellationToken);
        foreach (var (account, meter) in due)
        {
            reset.Parameters[0].Value = account;
            reset.Parameters[1].Value = meter;
            await reset.ExecuteNonQueryAsync(cancellationToken);
        }

        return due.Count;
    }

    private static async Task<int> LookThroughAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        (int)
            await database.ReadAsync<long>(
                "SELECT count(*) FROM billing.meters WHERE window_ends_at + interval '0' <= clock_timestamp()",
                cancellationToken
            );

    /// <summary>A sweep of all that is due, once in each repetition; its latency is that of the whole sweep.</summary>
    private sealed class SweepContender(
        string name,
        Role role,
        Rig rig,
        Func<CancellationToken, Task> makeDueAsync,
        Func<CancellationToken, Task<int>> sweepAsync
    ) : Contender(name, role, Environment.ProcessId)
    {
        public override async Task<Measurement> RunAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            await makeDueAsync(cancellationToken);
            await rig.Cluster.CheckpointAsync(cancellationToken);
            var database = rig.Cluster.Processor;
            var server = Environment.CpuUsage.TotalTime;
            var began = Stopwatch.GetTimestamp();
            var done = await sweepAsync(cancellationToken);
            var took = Stopwatch.GetElapsedTime(began);
            return done == Due
                ? new Measurement(
                    Due,
                    Due / took.TotalSeconds,
                    took.TotalMilliseconds,
                    took.TotalMilliseconds,
                    (Environment.CpuUsage.TotalTime - server).TotalMicroseconds / Due,
                    (rig.Cluster.Processor - database) / Due,
                    AllocatedBytes: null
                )
                : throw new InexactException($"{Name}: {done} of {Due} accounts were reset");
        }
    }
}
