using System.Text.Json;
using Tollgate.Stripe;
using Sdk = global::Stripe;

namespace Tollgate.Tests.Stripe;

public sealed class SchedulePhaseTests
{
    private const string Phase = """
        {
          "add_invoice_items": [
            { "discountable": true, "discounts": [], "metadata": {}, "price": "price_once", "quantity": 1,
              "tax_rates": [], "period": { "start": { "type": "phase_start" }, "end": { "type": "phase_end" } } }
          ],
          "application_fee_percent": 2.5,
          "automatic_tax": { "disabled_reason": null, "enabled": true, "liability": { "type": "self" } },
          "billing_cycle_anchor": null,
          "billing_thresholds": { "amount_gte": 5000, "reset_billing_cycle_anchor": false },
          "collection_method": "send_invoice",
          "currency": "eur",
          "default_payment_method": "pm_1",
          "default_tax_rates": [{ "id": "txr_1", "object": "tax_rate", "active": true, "percentage": 20 }],
          "description": "by contract",
          "discounts": [{ "coupon": "half", "discount": "di_1", "promotion_code": null }],
          "end_date": 1797592000,
          "invoice_settings": { "account_tax_ids": null, "days_until_due": 14, "issuer": { "type": "self" } },
          "items": [
            { "billing_thresholds": null, "discounts": [{ "coupon": "seat", "discount": null, "promotion_code": null }],
              "metadata": { "team": "a" }, "plan": "price_team", "price": "price_team", "quantity": 3,
              "tax_rates": [{ "id": "txr_2", "object": "tax_rate" }] },
            { "billing_thresholds": { "usage_gte": 10 }, "discounts": [], "metadata": {}, "plan": "price_support",
              "price": { "id": "price_support", "object": "price" }, "tax_rates": [] }
          ],
          "metadata": { "id": "c-7", "object": "contract" },
          "on_behalf_of": "acct_1",
          "proration_behavior": "create_prorations",
          "start_date": 1795000000,
          "transfer_data": { "amount_percent": null, "destination": "acct_2" },
          "trial": true,
          "trial_end": 1797592000
        }
        """;

    private static readonly string[] OfBoth =
    [
        "application_fee_percent=2.5",
        "automatic_tax[enabled]=true",
        "automatic_tax[liability][type]=self",
        "billing_thresholds[amount_gte]=5000",
        "billing_thresholds[reset_billing_cycle_anchor]=false",
        "collection_method=send_invoice",
        "currency=eur",
        "default_payment_method=pm_1",
        "default_tax_rates[0]=txr_1",
        "description=by contract",
        "discounts[0][discount]=di_1",
        "invoice_settings[days_until_due]=14",
        "invoice_settings[issuer][type]=self",
        "items[0][discounts][0][coupon]=seat",
        "items[0][metadata][team]=a",
        "items[0][tax_rates][0]=txr_2",
        "items[1][billing_thresholds][usage_gte]=10",
        "items[1][price]=price_support",
        "metadata[id]=c-7",
        "metadata[object]=contract",
        "on_behalf_of=acct_1",
        "transfer_data[destination]=acct_2",
    ];

    [Fact]
    public void The_present_phase_is_written_back_with_all_that_it_has()
    {
        Assert.Equal(
            (string[])
                [
                    .. OfBoth,
                    "add_invoice_items[0][discountable]=true",
                    "add_invoice_items[0][period][end][type]=phase_end",
                    "add_invoice_items[0][period][start][type]=phase_start",
                    "add_invoice_items[0][price]=price_once",
                    "add_invoice_items[0][quantity]=1",
                    "end_date=1797592000",
                    "items[0][price]=price_team",
                    "items[0][quantity]=3",
                    "proration_behavior=create_prorations",
                    "start_date=1795000000",
                    "trial_end=1797592000",
                ],
            Fields(Read().Present()),
            AreTheSame
        );
    }

    [Fact]
    public void The_next_phase_has_another_price_and_no_trial_and_bills_nothing_again()
    {
        var change = new SchedulePhaseChange("price_team", "price_team_annual", 4, "year");

        Assert.Equal(
            (string[])
                [
                    .. OfBoth,
                    "duration[interval]=year",
                    "duration[interval_count]=1",
                    "items[0][price]=price_team_annual",
                    "items[0][quantity]=4",
                    "proration_behavior=none",
                ],
            Fields(Read().Next(change)),
            AreTheSame
        );
    }

    private static SchedulePhase Read() => new(JsonDocument.Parse(Phase).RootElement);

    private static string[] Fields(Dictionary<string, object> phase) =>
        SentForm.Of(new Sdk.BaseOptions { ExtraParams = phase }).Split('\n');

    private static bool AreTheSame(string[] wanted, string[] written) => wanted.ToHashSet().SetEquals(written);
}
