using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Payments;

/// <summary><c>/v1/disputes</c>: read, answered with evidence, or given up.</summary>
internal static class DisputeRoutes
{
    private const string Kind = OpenDispute.Kind;

    public static readonly Route[] All =
    [
        Route.List("/v1/disputes", List, Param.Text("charge"), Param.Text("payment_intent"), Param.Range("created")),
        Route.Get("/v1/disputes/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post(
            "/v1/disputes/{id}",
            Update,
            Param.Group("evidence", Param.Text("uncategorized_text")),
            Param.Map("metadata"),
            Param.Flag("submit")
        ),
        Route.Post("/v1/disputes/{id}/close", call => Settle(call, "lost")),
    ];

    private static Answer List(Call call)
    {
        var (charge, intent) = (call.Input.TextOrNull("charge"), call.Input.TextOrNull("payment_intent"));
        return ListPage.Of(
            call,
            Kind,
            dispute =>
                (charge is null || dispute.Text("charge") == charge)
                && (intent is null || dispute.TextOrNull("payment_intent") == intent)
                && ListPage.InRange(dispute, call.Input, "created")
        );
    }

    /// <summary>As in Stripe's tests: the text <c>winning_evidence</c> wins, <c>losing_evidence</c> loses.</summary>
    private static Answer Update(Call call)
    {
        var text = call.Input.ChildOrNull("evidence")?.TextOrNull("uncategorized_text");
        var isSubmitted = text is not null && call.Input.FlagOrNull("submit") != false;
        var updated = call.Tx.Change(
            call.Tx.Get(Kind, call.Id),
            change =>
            {
                Metadata.Apply(change, call.Input);
                if (text is not null)
                {
                    change.Child("evidence")["uncategorized_text"] = text;
                    var details = change.Child("evidence_details");
                    details["has_evidence"] = true;
                    details["submission_count"] = details.Int("submission_count") + (isSubmitted ? 1 : 0);
                }

                if (isSubmitted)
                {
                    change["status"] =
                        change.Text("status") == "needs_response" ? "under_review" : change.Text("status");
                }
            },
            "charge.dispute.updated"
        );
        return text switch
        {
            "winning_evidence" when isSubmitted => Settle(call, "won"),
            "losing_evidence" when isSubmitted => Settle(call, "lost"),
            _ => Answer.Ok(updated),
        };
    }

    private static Answer Settle(Call call, string status)
    {
        var dispute = call.Tx.Get(Kind, call.Id);
        if (dispute.Text("status") is "won" or "lost" or "warning_closed")
        {
            throw StripeException.Invalid("This dispute is already closed.");
        }

        var isInquiry = dispute.Text("status") == "warning_needs_response";
        var closed = call.Tx.Change(
            dispute,
            change =>
            {
                change["status"] = isInquiry ? "warning_closed" : status;
                change["is_charge_refundable"] = isInquiry || status == "won";
            }
        );
        call.Tx.Emit("charge.dispute.closed", closed);
        if (closed.Text("status") == "won")
        {
            call.Tx.Emit("charge.dispute.funds_reinstated", closed);
        }

        return Answer.Ok(closed);
    }
}
