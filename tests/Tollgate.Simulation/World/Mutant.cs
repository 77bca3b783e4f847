using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.Simulation.World;

/// <summary>
/// The product with one of its safeguards taken away, around it and never in it: by a trigger of the simulation's
/// database, or on the way to Stripe. The simulation must find each.
/// </summary>
internal sealed record Mutant(string Name)
{
    public static readonly IReadOnlyList<Mutant> All =
    [
        new("without the lease's fence")
        {
            FirstSeed = 37,
            Sql = Trigger("UPDATE ON billing.sync_leases", "NEW.sync_token := OLD.sync_token;"),
        },
        new("an inbox without its unique key")
        {
            Sql = Trigger(
                "INSERT ON billing.inbox_receipts",
                """
                IF EXISTS (SELECT FROM billing.inbox_receipts WHERE event_id = NEW.event_id) THEN
                    NEW.event_id := NEW.event_id || '~' || pg_catalog.clock_timestamp();
                END IF;
                """
            ),
        },
        new("a writer that does not ask again") { Network = network => new FormerAnswers(network) },
        new("a projection that trusts Stripe's period end") { Network = network => new BilledAsPaid(network) },
    ];

    /// <summary>Where the search begins: those before it are known to find nothing.</summary>
    public int FirstSeed { get; private init; }

    /// <summary>Run once in the simulation's database.</summary>
    public string Sql { get; private init; } = "";

    /// <summary>Put before the network of the nodes.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Network { get; private init; } = network => network;

    private static string Trigger(string when, string body) =>
        $"""
            CREATE FUNCTION simulation.mutate() RETURNS trigger LANGUAGE plpgsql AS
                $mutant$ BEGIN {body} RETURN NEW; END $mutant$;
            CREATE TRIGGER mutant BEFORE {when} FOR EACH ROW EXECUTE FUNCTION simulation.mutate()
            """;

    // Every other question is answered as the one before it was.
    private sealed class FormerAnswers(HttpMessageHandler network) : DelegatingHandler(network)
    {
        private readonly Dictionary<string, string> former = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var asked = request.RequestUri!.PathAndQuery;
            if (request.Method == HttpMethod.Get && asked.StartsWith("/v1/subscriptions", StringComparison.Ordinal))
            {
                if (former.Remove(asked, out var said))
                {
                    answer.Content = new StringContent(said, Encoding.UTF8, "application/json");
                }
                else
                {
                    former.Add(asked, await answer.Content.ReadAsStringAsync(cancellationToken));
                }
            }

            return answer;
        }
    }

    // What Stripe has billed for the period that it moved to counts as paid.
    private sealed class BilledAsPaid(HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Get)
            {
                var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
                Pay(said);
                answer.Content = new StringContent(said.ToJsonString(), Encoding.UTF8, "application/json");
            }

            return answer;
        }

        private static void Pay(JsonNode? said)
        {
            if (said is JsonObject found)
            {
                if (found["object"]?.ToString() == "invoice" && found["status"]?.ToString() is "draft" or "open")
                {
                    found["status"] = "paid";
                }

                foreach (var (_, member) in found.ToList())
                {
                    Pay(member);
                }
            }
            else if (said is JsonArray some)
            {
                foreach (var one in some)
                {
                    Pay(one);
                }
            }
        }
    }
}
