using Microsoft.Extensions.Hosting;

namespace Tollgate.Settings;

/// <summary>
/// What people pay at, and what Stripe delivers to, never travels in the clear; on this machine it does not travel.
/// </summary>
internal sealed class CheckAddresses(HostSettings settings) : ISettingCheck
{
    public void Run(TollgateOptions options, SettingFaults faults)
    {
        Check(nameof(options.AppUrl), options.HasAppUrl ? options.AppUrl : null, "where people use the product");
        Check(nameof(options.ApiUrl), options.HasApiUrl ? options.ApiUrl : null, "where Stripe delivers events");

        void Check(string property, Uri? url, string purpose)
        {
            var setting = new Setting($"Tollgate:{property}", "https://...", purpose);
            var isProduction = settings.Environment.IsProduction();
            if (url is not null)
            {
                if (url.Scheme != Uri.UriSchemeHttps && (isProduction || !url.IsLoopback))
                {
                    faults.Add($"{setting.Variable} must begin with https://: {purpose}.");
                }
            }
            else if (isProduction && setting.Read(settings.Configuration) is null)
            {
                faults.Add(setting.Missing);
            }
        }
    }
}
