using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tollgate.Accounts;
using Tollgate.Catalog;
using Tollgate.Checkout;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Load;

/// <summary>
/// What one account sync costs, with Sandbox and PostgreSQL beside it; and of that the one read from Stripe. The time
/// that the Sandbox takes to answer stands in both.
/// </summary>
internal static class AccountSync
{
    private const int WarmUps = 300;
    private const int Runs = 600;

    public static async Task<IReadOnlyList<string>> MeasureAsync(IServiceProvider services)
    {
        var account = new AccountId("sync-measured");
        await services
            .GetRequiredService<OpenAccount>()
            .RunAsync(account, "Measured", "owner@measured.test", CancellationToken.None);
        var customer = await BuyAsync(services, account);
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var sync = services.GetRequiredService<SubscriptionSync>();
        var stripe = services.GetRequiredService<StripeClient>();
        return
        [
            await MeasureAsync(
                "one account sync",
                () => RefillAsync(database),
                () => sync.ProjectAsync(account, "measured", CancellationToken.None)
            ),
            await MeasureAsync(
                "its read from Stripe",
                () => Task.CompletedTask,
                async () => (await stripe.ListSubscriptions(customer, CancellationToken.None)).OrThrow()
            ),
        ];
    }

    private static async Task<string> MeasureAsync(string name, Func<Task> prepare, Func<Task> run)
    {
        var clock = TimeProvider.System;
        var times = new List<double>();
        var allocated = 0L;
        for (var i = 0; i < WarmUps + Runs; i++)
        {
            await prepare();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var started = clock.GetTimestamp();
            await run();
            if (i >= WarmUps)
            {
                times.Add(clock.GetElapsedTime(started).TotalMilliseconds);
                allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
            }
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median {times[Runs / 2]:F2} ms [{times[Runs / 10]:F2}-{times[Runs * 9 / 10]:F2}], "
                + $"{allocated / Runs / 1024:N0} KiB allocated"
        );
    }

    // the budget of reads is not what is measured
    private static async Task RefillAsync(NpgsqlDataSource database)
    {
        await using var refill = database.CreateCommand("UPDATE billing.stripe_read_budget SET tokens = 20");
        await refill.ExecuteNonQueryAsync();
    }

    private static async Task<string> BuyAsync(IServiceProvider services, AccountId account)
    {
        var settings = services.GetRequiredService<StripeSettings>();
        var prefix = services.GetRequiredService<PlanCatalog>().MetadataPrefix;
        using var http = new HttpClient { BaseAddress = settings.ApiBase };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        var customer = (
            await services.GetRequiredService<AccountCustomer>().FindOrCreateAsync(account, CancellationToken.None)
        ).OrThrow();
        var card = await PostAsync(http, "/v1/payment_methods/pm_card_visa/attach", new() { ["customer"] = customer });
        using var prices = JsonDocument.Parse(await http.GetStringAsync("/v1/prices"));
        await PostAsync(
            http,
            "/v1/subscriptions",
            new()
            {
                ["customer"] = customer,
                ["default_payment_method"] = card,
                ["items[0][price]"] = prices.RootElement.GetProperty("data")[0].GetProperty("id").GetString()!,
                ["items[0][quantity]"] = "3",
                [$"metadata[{prefix}_tenant_id]"] = account.Value,
            }
        );
        return customer;
    }

    private static async Task<string> PostAsync(HttpClient http, string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        using var made = JsonDocument.Parse(text);
        return answer.IsSuccessStatusCode
            ? made.RootElement.GetProperty("id").GetString()!
            : throw new InvalidOperationException($"{path}: {text}");
    }
}
