using Tollgate.Accounts;
using Tollgate.Checkout;
using Tollgate.Http;

namespace MyApp;

public static class BillingPages
{
    public static void MapBillingPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/billing/upgrade", () => Page("<tg-plan-table interval=\"year\"></tg-plan-table>"));
        app.MapGet("/billing/success", () => Page("<tg-checkout-success continue-url=\"/\"></tg-checkout-success>"));
        app.MapGet("/settings/billing", () => Page("<tg-billing-summary></tg-billing-summary><tg-usage></tg-usage>"));
        app.MapGet("/pricing", () => Page("<form method=\"post\" action=\"/buy\"><button>Buy Team</button></form>"));
        app.MapPost("/buy", BuyAsync).RequireAuthorization();
    }

    private static IResult Page(string content) =>
        Results.Content(
            $$"""
            <!doctype html>
            <html lang="en" data-theme="auto">
              <title>Billing</title>
              <style>
                body { font: 16px/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; }
                html { --tg-accent: #0b6e4f; --tg-card-radius: 2px; --tg-font-family: inherit; }
              </style>
              <script type="module" src="/tollgate/tollgate.js"></script>
              <tg-billing-banner></tg-billing-banner>
              {{content}}
            </html>
            """,
            "text/html"
        );

    // without components: the use case behind them, for an account that may never have called before
    private static async Task<IResult> BuyAsync(
        HttpContext http,
        IAccountDirectory directory,
        OpenAccount accounts,
        StartCheckout checkout
    )
    {
        var token = http.RequestAborted;
        if (
            await directory.FindCallerAsync(http.User, token)
            is not { IsBillingAdmin: true, BillingEmail: { } email } me
        )
        {
            return Results.Forbid();
        }

        await accounts.RunAsync(me.Account, me.Name ?? email, email, token);
        var opened = await checkout.RunAsync(me.Account, "team_monthly", 1, currency: null, token);
        return opened.Refusal is { } refusal
            ? RefusalProblem.ToResult(refusal)
            : Results.Redirect(opened.Value!.AbsoluteUri);
    }
}
