using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Catalog;
using Tollgate.Sandbox.Checkout;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary>The HTML of Checkout.</summary>
internal static class CheckoutPage
{
    public static string Open(Transaction tx, JsonObject session, string nonce)
    {
        var currency = session.Text("currency");
        var items = session.Each("_line_items").ToList();
        var recurring = items[0].Child("price").ChildOrNull("recurring");
        var total = Money.Format(session.Int("amount_total"), currency);
        var isTrial = items.Exists(item => item.Flag("_free"));
        var per = isTrial ? " <small>today</small>" : Per(recurring);
        var needsCard = CompleteCheckout.NeedsMethod(session);
        var action =
            recurring is null ? "Pay"
            : isTrial ? "Start trial"
            : "Subscribe and pay";
        return PageLayout.Html(
            "Checkout",
            $"""
            <main class="checkout">
              <section class="order" aria-labelledby="order-title">
                {PageLayout.Mark}
                {BackLink(session, "Back, without paying")}
                <h1 id="order-title">{Title(items, recurring)}</h1>
                <p class="price num"><output id="total-big" aria-live="polite">{total}</output>{per}</p>
                <ul class="lines">
            {string.Join('\n', items.Select(item => Line(tx, session, item)))}
                </ul>
                {Promotion(tx, session)}
                <p class="row between total"><span>Due today</span><b class="num" id="total">{total}</b></p>
                {(isTrial ? TrialNote(session) : "")}{RenewalNote(recurring)}
              </section>
              <form class="card stack" id="pay" novalidate data-currency="{currency}" data-symbol="{PageLayout.Encode(
                Money.Symbol(currency)
            )}"
                data-decimals="{Currencies.Decimals(currency)}" data-digits="{Money.Digits(currency)}"
                data-multiple="{Currencies.Step(currency)}">
                <h2>{(needsCard ? "Pay by card" : "No card is needed")}</h2>
                {EmailField(tx, session)}
                {AddressFields(session)}
                {CardFields.Html(
                $"""{action} <span class="num" id="total-button">{total}</span>""",
                hasCard: needsCard
            )}
              </form>
              {CardFields.Challenge}
            </main>
            <script nonce="{nonce}">{Assets.CheckoutScript}</script>
            """,
            nonce
        );
    }

    /// <summary>A session that cannot be paid (any more).</summary>
    public static string Closed(string title, string text, (string Url, string Label)? link, string nonce) =>
        PageLayout.Html(
            title,
            $"""
            <main class="closed">
              {PageLayout.Mark}
              <section class="card stack">
                <h1>{PageLayout.Encode(title)}</h1>
                <p>{PageLayout.Encode(text)}</p>
                {(
                link is { } target
                    ? Button(target.Url, target.Label)
                    : ""
            )}
              </section>
            </main>
            """,
            nonce
        );

    private static string Fine(string text) => $"""<p class="fine">{PageLayout.Encode(text)}</p>""";

    private static string Button(string url, string label) =>
        $"""<p><a class="btn" href="{PageLayout.Encode(url)}">{PageLayout.Encode(label)}</a></p>""";

    private static string Title(IReadOnlyList<JsonObject> items, JsonObject? recurring)
    {
        var names = PageLayout.Encode(string.Join(", ", items.Select(item => item.TextOrNull("description"))));
        return recurring is null ? $"Pay for {names}" : $"Subscribe to {names}";
    }

    private static string Per(JsonObject? recurring) =>
        recurring is null ? "" : $" <small>per {PageLayout.Encode(Interval(recurring))}</small>";

    private static string Interval(JsonObject recurring) =>
        recurring.Int("interval_count") == 1
            ? recurring.Text("interval")
            : $"{recurring.Int("interval_count")} {recurring.Text("interval")}s";

    public static string BackLink(JsonObject session, string words) =>
        session.TextOrNull("cancel_url") is { } url
            ? $"""<a class="back" href="{PageLayout.Encode(url)}">{words}</a>"""
            : "";

    private static string Promotion(Transaction tx, JsonObject session)
    {
        var coupon = CheckoutDiscounts.CouponOf(tx, session);
        var off = coupon is null
            ? ""
            : $"""
                <p class="row between" id="discount" data-percent="{DiscountMath.PercentOf(coupon)}"
                  data-amount-off="{coupon.IntOrNull("amount_off")}"><span>{PageLayout.Encode(
                    coupon.TextOrNull("name") ?? "Discount"
                )}</span><span class="num">-<span id="discount-amount">{Money.Format(
                    session.Child("total_details").Int("amount_discount"),
                    session.Text("currency")
                )}</span></span></p>
                """;
        if (!session.Flag("allow_promotion_codes"))
        {
            return off;
        }

        return coupon is not null
            ? off + """<p><button type="button" class="quiet" id="code-remove">Remove promotion code</button></p>"""
            : """
                <div class="field"><label for="code">Promotion code</label>
                  <div class="row nowrap"><input id="code" autocomplete="off" aria-describedby="code-error">
                    <button type="button" class="quiet" id="code-apply">Apply</button></div>
                  <p class="error" id="code-error" role="alert" hidden></p></div>
                """;
    }

    private static string TrialNote(JsonObject session)
    {
        var data = session.Child("_subscription_data");
        var until = data.IntOrNull("trial_period_days") is { } days
            ? days == 1
                ? "One day is free."
                : $"The first {days} days are free."
            : $"Free until {PortalPage.Day(long.Parse(data.Text("trial_end"), CultureInfo.InvariantCulture))}.";
        return $"""<p class="fine">{until}</p>""";
    }

    private static string RenewalNote(JsonObject? recurring) =>
        recurring is null
            ? ""
            : $"""<p class="fine">Renews each {PageLayout.Encode(Interval(recurring))} until it is canceled.</p>""";

    private static string Line(Transaction tx, JsonObject session, JsonObject item)
    {
        var price = item.Child("price");
        var currency = CurrencyOptions.Currency(price);
        var unit = Money.Format(EmbeddedPrice.UnitAmount(price), currency);
        var each = price.ChildOrNull("recurring") is { } recurring
            ? $"{unit} each per {Interval(recurring)}"
            : $"{unit} each";
        var description = tx.Find("product", price.Text("product"))?.TextOrNull("description");
        var amount = Money.Format(item.Int("amount_total"), currency);
        return $"""
                  <li data-line="{item.Id()}" data-eligible="{IsEligible(tx, session, item)}" data-unit="{(
                item.Flag("_free") ? "0" : PageLayout.Encode(price.Text("unit_amount_decimal"))
            )}">
                    <div class="row between"><b>{PageLayout.Encode(
                item.TextOrNull("description")
            )}</b><span class="num" data-amount>{amount}</span></div>
                    <p class="fine">{PageLayout.Encode(each)}</p>
                    {(description is null ? "" : Fine(description))}
                    {Quantity(item)}
                  </li>
            """;
    }

    private static string IsEligible(Transaction tx, JsonObject session, JsonObject item) =>
        CheckoutDiscounts.CouponOf(tx, session) is { } coupon
        && DiscountMath.AppliesTo(coupon, item.Child("price").Text("product"))
            ? "true"
            : "false";

    private static string Quantity(JsonObject item)
    {
        var quantity = item.Int("quantity").ToString(CultureInfo.InvariantCulture);
        if (item.ChildOrNull("adjustable_quantity") is not { } limits || !limits.Flag("enabled"))
        {
            return $"""<p class="num fine">Quantity <span data-quantity="{quantity}">{quantity}</span></p>""";
        }

        var minimum = limits.IntOrNull("minimum") ?? 0;
        var maximum = limits.IntOrNull("maximum") ?? 999_999;
        return $"""
            <div class="row between"><label for="q-{item.Id()}">Quantity</label>
              <span class="step"><button type="button" class="quiet" data-step="-1" aria-label="One less">−</button>
                <input id="q-{item.Id()}" class="num" type="number" inputmode="numeric" data-quantity="{quantity}"
                  value="{quantity}"
                  min="{minimum}" max="{maximum}" step="1" aria-describedby="r-{item.Id()}">
                <button type="button" class="quiet" data-step="1" aria-label="One more">+</button></span></div>
            <p class="fine" id="r-{item.Id()}" data-range>From {minimum} to {maximum}.</p>
            """;
    }

    private static string AddressFields(JsonObject session) =>
        (
            CheckoutTax.AsksForAddress(session)
                ? $"""
                    <div class="two">
                      {CardFields.Field("country", "Country", "country", "US", "maxlength=\"2\"")}
                      {CardFields.Field("postal_code", "Postal code", "postal-code", "", "")}
                    </div>
                    """
                : ""
        )
        + (
            CheckoutTax.CollectsTaxIds(session)
                ? CardFields.Field("tax_id", "VAT number, if you have one", "off", "DE123456789", "")
                : ""
        );

    private static string EmailField(Transaction tx, JsonObject session)
    {
        var known = session.TextOrNull("customer") is { } id
            ? tx.Find("customer", id)?.TextOrNull("email")
            : session.TextOrNull("customer_email");
        return known is not null
            ? $"""
                <div class="field"><label for="email">E-mail</label>
                  <input id="email" name="email" type="email" value="{PageLayout.Encode(known)}" readonly></div>
                """
            : CardFields.Field("email", "E-mail", "email", "you@example.com", "inputmode=\"email\"", "email");
    }
}
