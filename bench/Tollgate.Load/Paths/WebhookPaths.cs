using Tollgate.Load.Measuring;
using Tollgate.Load.Plain;
using Tollgate.Load.Processes;
using Tollgate.Load.Wire;

namespace Tollgate.Load.Paths;

/// <summary>Events of customers whom nobody knows, delivered and answered once they are durable.</summary>
internal static class WebhookPaths
{
    private const string OtherVersion = "2025-03-31.basil";
    private const string ClearPlain = "TRUNCATE events";
    private const string CountPlain = "SELECT count(*) FROM events";

    public static IEnumerable<LoadPath> Of(Rig rig, LoadOptions options)
    {
        yield return Path("webhook-32", 32, events => events);
        yield return Path("webhook-256", 256, events => events);
        yield return Path("webhook-version-256", 256, events => events.InVersion(OtherVersion));

        LoadPath Path(string name, int connections, Func<EventTemplates, EventTemplates> events) =>
            new(name, connections, () => PrepareAsync(rig, options, connections, events(rig.Events)));
    }

    private static async Task<IReadOnlyList<Contender>> PrepareAsync(
        Rig rig,
        LoadOptions options,
        int connections,
        EventTemplates events
    )
    {
        var secret = await rig.SecretAsync();
        var use = new HttpUse(connections, _ => new SignedEvents(events, PlainServer.WebhookPath, secret));
        var plain = use with { Clear = ClearPlain, Count = CountPlain };
        var ours = use with
        {
            Clear = "TRUNCATE billing.inbox_receipts, billing.inbox_payloads",
            Count = "SELECT count(*) FROM billing.inbox_receipts JOIN billing.inbox_payloads USING (event_id)",
        };
        List<Contender> contenders =
        [
            new HttpContender("Hydra", Role.Ours, rig, await rig.HydraAsync(), ours),
            new HttpContender("Kestrel and HMAC alone", Role.Other, rig, await rig.PlainAsync("bare"), use),
            new HttpContender("one INSERT each", Role.Other, rig, await rig.PlainAsync("insert"), plain),
            new HttpContender("batched insert", Role.Probe, rig, await rig.PlainAsync("batch"), plain),
        ];
        if (options.Peers)
        {
            foreach (var peer in NpmPeers.Webhooks)
            {
                contenders.Add(new HttpContender(peer.Package, Role.Other, rig, await rig.PeerAsync(peer.Script), use));
            }
        }

        return contenders;
    }
}
