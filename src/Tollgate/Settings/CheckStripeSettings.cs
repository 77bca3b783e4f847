using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Catalog;
using Tollgate.Stripe;

namespace Tollgate.Settings;

/// <summary>All settings of Stripe, unless Development brings the Sandbox, or nothing is sold there.</summary>
internal sealed partial class CheckStripeSettings(
    IServiceProvider services,
    HostSettings settings,
    PlanCatalog catalog,
    ILogger<CheckStripeSettings> log
) : ISettingCheck
{
    public void Run(TollgateOptions options, SettingFaults faults)
    {
        var isBrought = services.GetService<BroughtByDevelopment>() is { Stripe: true };
        if (!StripeUse.IsOnFor(options, catalog))
        {
            LogNoStripe();
        }
        else if (!isBrought || StripeEnvironment.IsGiven(settings.Configuration, catalog))
        {
            faults.TryMake<StripeSettings>(services);
            faults.TryMake<PriceBook>(services);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "This host uses no Stripe: plans are given by hand, and nothing is for sale"
    )]
    private partial void LogNoStripe();
}
