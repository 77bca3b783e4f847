using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Listen;
using Tollgate.Sandbox.Wire;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>One event: its deliveries with every attempt, a button to send it again, and the bytes.</summary>
internal static class EventPage
{
    public static string Html(Transaction tx, JsonObject recorded, string nonce)
    {
        var deliveries = tx.With(Delivery.Kind, "event", recorded.Id())
            .Select(delivery => DeliveryText(tx, delivery))
            .ToList();
        var text = Encoding.UTF8.GetString(Rendering.ToBytes(recorded));
        return PageLayout.Html(
            recorded.Text("type"),
            $"""
            <main class="board">
              <header class="stack">{Mark}<a class="back" href="/">Dashboard</a><h1>{Encode(recorded.Text("type"))}</h1>
                <p class="fine num">{DashboardPage.Time(
                recorded.Int("created")
            )} UTC · <code>{recorded.Id()}</code></p></header>
              <section class="card stack"><h2>Deliveries</h2>
                {(deliveries.Count == 0 ? "<p class=\"fine\">No endpoint wanted it.</p>" : string.Concat(deliveries))}
                <form method="post" action="/_sandbox/events/{recorded.Id()}/resend">
                  <button class="quiet">Send again</button></form>
              </section>
              <section class="card stack"><h2>Body</h2><pre tabindex="0" role="group" aria-label="Body">{Encode(
                text
            )}</pre></section>
            </main>
            """,
            nonce
        );
    }

    private static string DeliveryText(Transaction tx, JsonObject delivery)
    {
        var endpoint = delivery.Text("endpoint");
        var url =
            tx.Find("webhook_endpoint", endpoint)?.Text("url")
            ?? (
                tx.Find(ListenSessionRoutes.Kind, endpoint) is { } session
                    ? $"stripe listen {session.TextOrNull("forward_to_url")}"
                    : endpoint
            );
        var attempts = delivery
            .Each("attempts")
            .Select(attempt =>
                $"<li class=\"num\">{DashboardPage.Time(attempt.Int("at"))} "
                + Encode(
                    attempt.IntOrNull("status")?.ToString(CultureInfo.InvariantCulture) ?? attempt.TextOrNull("error")
                )
                + $" <span class=\"fine\">{attempt.Int("duration_ms")} ms</span></li>"
            );
        var next = delivery.IntOrNull("due") is { } due
            ? $"<p class=\"fine\">Next attempt at {DashboardPage.Time(due)}.</p>"
            : "";
        return $"""
            <div><p>{DashboardPage.Tag(delivery.Text("state"))} <code>{Encode(url)}</code>{Faults(delivery)}</p>
              <ol class="fine">{string.Concat(attempts)}</ol>{next}</div>
            """;
    }

    private static string Faults(JsonObject delivery) =>
        string.Concat(delivery.Texts("faults").Select(fault => $" <span class=\"tag warn\">{Encode(fault)}</span>"));
}
