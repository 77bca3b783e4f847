using System.Text.Json;

namespace Tollgate.Load.Processes;

/// <summary>
/// The settings that an operator of Hydra would set (docs/operations/go-live.md), for a Sandbox in place of Stripe.
/// </summary>
internal sealed record HydraSettings(IReadOnlyDictionary<string, string> All)
{
    public const string SecretKey = "sk_test_localsandbox";
    private const string WebhookSecretName = "STRIPE_WEBHOOK_SECRET";

    public string WebhookSecret => All[WebhookSecretName];

    /// <summary>Of all nodes and commands.</summary>
    public static IReadOnlyDictionary<string, string> Given(Uri sandbox) =>
        new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Tollgate__AppUrl"] = "https://app.load.test",
            ["Tollgate__ApiUrl"] = "https://api.load.test",
            ["STRIPE_SECRET_KEY"] = SecretKey,
            ["STRIPE_PUBLISHABLE_KEY"] = "pk_test_localsandbox",
            ["STRIPE_API_BASE"] = sandbox.AbsoluteUri,
            ["BILLING_ENABLED"] = "true",
            ["Tollgate__SendsMail"] = "false",
        };

    /// <summary>With what <c>setup --yes --json</c> printed.</summary>
    public static HydraSettings Of(IReadOnlyDictionary<string, string> given, string setup)
    {
        using var answer = JsonDocument.Parse(setup);
        var all = new Dictionary<string, string>(given);
        foreach (var line in answer.RootElement.GetProperty("settings").EnumerateArray())
        {
            var parts = line.GetString()!.Split('=', 2);
            all[parts[0]] = parts[1];
        }

        return new HydraSettings(all);
    }

    public IReadOnlyDictionary<string, string> At(Uri address, string database) =>
        new Dictionary<string, string>(All)
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri,
            ["ConnectionStrings__Tollgate"] = database,
        };

    /// <summary>The same as arguments, for a host in this process.</summary>
    public string[] Arguments(string database) =>
        [
            .. At(new Uri("http://127.0.0.1:0"), database)
                .Where(setting => !setting.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal))
                .Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
            "--environment=Production",
            $"--contentRoot={Repository.Hydra}",
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=Warning",
        ];
}
