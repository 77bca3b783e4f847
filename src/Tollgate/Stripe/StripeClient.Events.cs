using System.Runtime.CompilerServices;

namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeEvent>> GetEvent(string id, CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Get("/v1/events/{id}", id),
            StripeJson.Default.JsonElement,
            EventWire.Read,
            cancellationToken
        );

    /// <summary>
    /// What happened since, newest first, page by page and without end but the list's own; Stripe keeps 30 days.
    /// </summary>
    /// <param name="createdGte">Whole seconds count; an event of that very second is in.</param>
    /// <param name="types">Those asked for, at most 20; null asks for all.</param>
    /// <exception cref="StripeRefusedException">A page was refused. What came before it stands.</exception>
    public async IAsyncEnumerable<StripeEvent> ListEvents(
        DateTimeOffset createdGte,
        IReadOnlyList<string>? types,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            var answer = await SendPage(
                "/v1/events",
                id: null,
                form =>
                {
                    form.At("created").Add("gte", createdGte);
                    form.Add("types", types);
                },
                after,
                StripeJson.Default.ListWireJsonElement,
                EventWire.Read,
                one => one.Id,
                cancellationToken
            );
            var page = answer.OrThrow();
            foreach (var one in page.Data)
            {
                yield return one;
            }

            after = page.Next;
        } while (after is not null);
    }
}
