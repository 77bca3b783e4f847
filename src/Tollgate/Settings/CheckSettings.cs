using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tollgate.Settings;

/// <summary>What Development starts itself where no setting names it, and so need not be named.</summary>
/// <param name="Stripe">The Sandbox.</param>
internal sealed record BroughtByDevelopment(bool Stripe);

/// <summary>The settings of one capability of a host that bills.</summary>
internal interface ISettingCheck
{
    /// <param name="faults">Takes what is missing or wrong.</param>
    void Run(TollgateOptions options, SettingFaults faults);
}

/// <summary>
/// Reads all settings before anything is started, so that everything that is missing or wrong is reported at once, and
/// nothing is first met at a payment.
/// </summary>
internal sealed class CheckSettings(
    IServiceProvider services,
    HostSettings settings,
    IEnumerable<Setting> others,
    IEnumerable<ISettingCheck> checks
)
{
    private readonly SettingFaults faults = new();

    /// <exception cref="StartupException">Names all of it.</exception>
    public void Run()
    {
        var isBrought = services.GetService<BroughtByDevelopment>() is not null;
        if (!isBrought || HostSettings.Database.Read(settings.Configuration) is not null)
        {
            faults.TryMake<NpgsqlDataSource>(services);
        }

        var options = faults.TryMake<TollgateOptions>(services) ?? settings.Options;
        foreach (var complaint in options.Alerts.Complaints().Concat(options.Retention.Complaints()))
        {
            faults.Add(complaint);
        }

        foreach (var check in checks)
        {
            check.Run(options, faults);
        }

        RunForCommand();
    }

    /// <summary>A command asks for what it needs itself; nothing runs with a setting that cannot be read.</summary>
    /// <exception cref="StartupException">Names all that cannot.</exception>
    public void RunForCommand()
    {
        foreach (var setting in others)
        {
            faults.Optional(settings.Configuration, setting);
        }

        faults.ThrowIfAny();
    }
}
