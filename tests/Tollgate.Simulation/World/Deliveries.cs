using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Simulation.Schedule;
using Tollgate.Subscriptions;

namespace Tollgate.Simulation.World;

/// <summary>An event on its way.</summary>
internal sealed record SentEvent(string Id, string Type, DateTimeOffset Created, byte[] Body);

/// <summary>
/// Stripe's deliveries, as untidy as Stripe allows itself to be: in any order, twice, late, or never within the three
/// days after which it gives up.
/// </summary>
internal sealed class Deliveries(StripeSide stripe, Tally tally)
{
    public const string Secret = "whsec_simulated";
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);
    private static readonly TimeSpan ListedFor = TimeSpan.FromDays(29);
    private SentEvent? newest;

    /// <summary>What no node has answered 200 to yet.</summary>
    public List<SentEvent> Waiting { get; } = [];

    /// <summary>What was answered 200, and may come again all the same.</summary>
    public List<SentEvent> Answered { get; } = [];

    /// <summary>What Stripe has given up.</summary>
    public List<SentEvent> Lost { get; } = [];

    /// <summary>Ids of all that ever reached a node.</summary>
    public HashSet<string> Delivered { get; } = [];

    /// <summary>What Stripe has said of its subscriptions, each time one changed.</summary>
    public HashSet<string> Statuses { get; } = [];

    /// <summary>True once any invoice was paid: before that nothing may be granted.</summary>
    public bool SawMoney { get; private set; }

    /// <summary>Takes what has happened at Stripe since.</summary>
    public async Task CollectAsync(DateTimeOffset now)
    {
        var isListed = newest is not null && now - newest.Created < ListedFor;
        var page = await stripe.ListAsync("/v1/events?limit=100" + (isListed ? $"&ending_before={newest!.Id}" : ""));
        foreach (var happened in page.Reverse())
        {
            var sent = Read(happened);
            if (!isListed && sent.Created <= newest?.Created)
            {
                continue;
            }

            newest = sent;
            Note(happened.GetProperty("data").GetProperty("object"));
            SawMoney |= sent.Type == "invoice.paid";
            if (EventRoutes.Types.Contains(sent.Type))
            {
                Waiting.Add(sent);
            }
        }

        var givenUp = Waiting.FindAll(sent => now - sent.Created > GivenUpAfter);
        Lost.AddRange(givenUp);
        tally.Count("a delivery is never answered", givenUp.Count);
        Waiting.RemoveAll(givenUp.Contains);
    }

    /// <param name="isAnswered">False: the answer is lost, and Stripe will come again.</param>
    public async Task DeliverAsync(SentEvent sent, AppNode node, bool isAnswered, DateTimeOffset now)
    {
        Delivered.Add(sent.Id);
        var status = await node.ReceiveAsync(sent.Body, Sign(sent.Body, now));
        Assert.Equal(200, status);
        if (isAnswered && Waiting.Remove(sent))
        {
            Answered.Add(sent);
        }
    }

    private void Note(JsonElement changed)
    {
        if (changed.GetProperty("object").GetString() == "subscription")
        {
            var item = changed.GetProperty("items").GetProperty("data")[0];
            Statuses.Add(
                string.Join(
                    ' ',
                    changed.GetProperty("id").GetString(),
                    changed.GetProperty("status").GetString(),
                    item.GetProperty("price").GetProperty("id").GetString(),
                    item.GetProperty("quantity").GetInt32()
                )
            );
        }
    }

    private static SentEvent Read(JsonElement happened) =>
        new(
            happened.GetProperty("id").GetString()!,
            happened.GetProperty("type").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(happened.GetProperty("created").GetInt64()),
            Encoding.UTF8.GetBytes(happened.GetRawText())
        );

    private static string Sign(byte[] body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }
}
