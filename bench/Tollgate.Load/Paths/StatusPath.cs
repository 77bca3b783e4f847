using System.Text;
using Tollgate.Load.Measuring;
using Tollgate.Load.Plain;
using Tollgate.Load.Processes;
using Tollgate.Load.Wire;

namespace Tollgate.Load.Paths;

/// <summary>
/// <c>GET /api/billing/status</c> of accounts on the free plan, against the same read from SQL on every call. The
/// tables are the same ones, and so is the caller's session.
/// </summary>
internal static class StatusPath
{
    private const int Connections = 32;

    /// <summary>An owner with a session, three developers and two meters in use, for each connection.</summary>
    private static readonly string People = $"""
        CREATE TEMPORARY TABLE people AS SELECT n, 'status-' || n AS id FROM generate_series(0, {Connections - 1}) n;
        INSERT INTO hydra."AspNetUsers" ("Id", "UserName", "NormalizedUserName", "Email", "NormalizedEmail",
            "EmailConfirmed", "SecurityStamp", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled",
            "AccessFailedCount")
        SELECT id, id || '@load.test', upper(id || '@load.test'), id || '@load.test', upper(id || '@load.test'),
            true, 'stamp', false, false, false, 0 FROM people;
        INSERT INTO hydra."Organizations" ("Id", "Name") SELECT id, id FROM people;
        INSERT INTO hydra."Memberships" ("UserId", "OrganizationId", "IsOwner") SELECT id, id, true FROM people;
        INSERT INTO hydra."Repos" ("Id", "OrganizationId", "Name", "ConnectedAt")
        SELECT gen_random_uuid(), id, id || '/web', clock_timestamp() FROM people;
        INSERT INTO hydra."Developers" ("Id", "OrganizationId", "Name")
        SELECT gen_random_uuid(), id, 'developer ' || d FROM people, generate_series(1, 3) d;
        INSERT INTO hydra."Contributions" ("DeveloperId", "RepoId")
        SELECT developer."Id", repo."Id" FROM hydra."Developers" developer
        JOIN hydra."Repos" repo ON repo."OrganizationId" = developer."OrganizationId"
        WHERE repo."OrganizationId" LIKE 'status-%';
        INSERT INTO sign_in.sessions (session_hash, user_id, security_stamp, created_at, expires_at)
        SELECT sha256(convert_to('secret-' || id, 'UTF8')), id, 'stamp', clock_timestamp(),
            clock_timestamp() + interval '14 days' FROM people;
        INSERT INTO billing.meters (account_id, meter, window_group, window_ends_at, window_no, used)
        SELECT id, meter, 'free_tier', clock_timestamp() + interval '29 days', 1, 1
        FROM people, unnest(ARRAY['fix', 'doc_run', 'linear_cycle']) meter;
        DROP TABLE people;
        """;

    public static LoadPath Of(Rig rig) => new("status-32", Connections, () => PrepareAsync(rig));

    private static async Task<IReadOnlyList<Contender>> PrepareAsync(Rig rig)
    {
        var hydra = await rig.HydraAsync();
        await hydra.Database.RunAsync(People, rig.Token);
        await hydra.Database.RunAsync("ANALYZE", rig.Token);
        var use = new HttpUse(Connections, Request);
        var single = await rig.PlainAsync("status", hydra.ConnectionString);
        var joined = await rig.PlainAsync("status-joined", hydra.ConnectionString);
        return
        [
            new HttpContender("Hydra", Role.Ours, rig, hydra, use),
            new HttpContender("five statements each", Role.Other, rig, single, use),
            new HttpContender("one joined statement", Role.Probe, rig, joined, use),
        ];
    }

    private static SameRequest Request(int connection) =>
        new(
            Encoding.ASCII.GetBytes(
                $"GET {PlainServer.StatusPath} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + $"Authorization: Bearer secret-status-{connection}\r\n\r\n"
            )
        );
}
