using Microsoft.Extensions.Configuration;
using Tollgate.Settings;

namespace Tollgate.Identity;

/// <summary>
/// The section <c>SignIn</c> of the settings: how often what everybody may call is called, on all nodes together. An
/// address is one of IPv4, or the network of one customer of IPv6 (/64); a network is what surrounds it (/24, /48).
/// </summary>
/// <param name="CallsPerMinute">Log-ins, sign-ups and confirmations of one address.</param>
/// <param name="MailsPerMinute">Links that one address asks for.</param>
/// <param name="SignUpsPerDay">Sign-ups of one address, as each gets its free plan.</param>
/// <param name="NetworkSignUpsPerDay">Sign-ups of one network.</param>
internal sealed record SignInLimits(int CallsPerMinute, int MailsPerMinute, int SignUpsPerDay, int NetworkSignUpsPerDay)
{
    private static readonly Setting Calls = Limit("SignIn:CallsPerMinute", "log-ins of one address a minute");
    private static readonly Setting Mails = Limit("SignIn:MailsPerMinute", "mailed links of one address a minute");
    private static readonly Setting SignUps = Limit("SignIn:SignUpsPerDay", "sign-ups of one address a day");
    private static readonly Setting NetworkSignUps = Limit(
        "SignIn:NetworkSignUpsPerDay",
        "sign-ups of one network a day"
    );

    public static Setting[] Settings { get; } = [Calls, Mails, SignUps, NetworkSignUps];

    public static SignInLimits Read(IConfiguration configuration) =>
        new(
            Calls.ReadNumber(configuration) ?? 60,
            Mails.ReadNumber(configuration) ?? 20,
            SignUps.ReadNumber(configuration) ?? 10,
            NetworkSignUps.ReadNumber(configuration) ?? 50
        );

    private static Setting Limit(string name, string purpose) => Setting.Number(name, purpose, least: 1);
}
