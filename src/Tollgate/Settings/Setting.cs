using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Settings;

/// <summary>
/// A setting that a host reads. Everything that Tollgate and its hosts read of the configuration is declared as one, or
/// is a property of <see cref="TollgateOptions"/>, so that the start can report all that is wrong at once.
/// </summary>
/// <param name="Key">Its key in the configuration: <c>Tollgate:Stripe:SecretKey</c>.</param>
/// <param name="Form">How its value looks, in words that show no value of anybody's.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
public sealed record Setting(string Key, string Form, string Purpose)
{
    /// <summary>A second name, which is read where the key says nothing: <c>STRIPE_SECRET_KEY</c>.</summary>
    public string? OlderName { get; init; }

    /// <summary>Whether a value has the form.</summary>
    public Func<string, bool> Takes { get; init; } = static _ => true;

    /// <summary>The key as a variable of the environment: <c>Tollgate__Stripe__SecretKey</c>.</summary>
    public string Variable => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What it is called where something is said about it.</summary>
    public string Name => OlderName ?? Variable;

    /// <summary>Its value; null where it is not set or empty.</summary>
    public string? Read(IConfiguration configuration) =>
        configuration[Key] is { Length: > 0 } text ? text
        : OlderName is { } older && configuration[older] is { Length: > 0 } alias ? alias
        : null;

    /// <summary>What is wrong with the value, without showing it; null for one that is not set.</summary>
    internal string? FindFault(IConfiguration configuration) =>
        Read(configuration) is { } text && !Takes(text) ? Malformed : null;

    internal string Missing => $"{Name} is not set: {Purpose}, {Form}{ItsOtherName}.";

    internal string Malformed => $"{Name} must look like {Form}: {Purpose}{ItsOtherName}.";

    private string ItsOtherName => OlderName is null ? "" : $" (or {Variable})";

    /// <summary>
    /// <c>true</c> or <c>false</c>, and nothing else (decision F1); in a section also as JSON's own are read.
    /// </summary>
    public static Setting Switch(string key, string purpose) =>
        new(key, "true or false", purpose)
        {
            Takes = text => text is "true" or "false" || (key.Contains(':') && text is "True" or "False"),
        };

    /// <summary>A whole number between the two.</summary>
    public static Setting Number(string key, string purpose, long least = 0, long most = int.MaxValue) =>
        new(key, $"a whole number from {least} to {most}", purpose)
        {
            Takes = text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most,
        };

    /// <summary>One of a few words.</summary>
    public static Setting Choice(string key, string purpose, params IReadOnlyList<string> words) =>
        new(key, $"one of {string.Join(", ", words)}", purpose) { Takes = words.Contains };

    /// <summary>
    /// The switch's value, or what holds where nothing is said, or something that it does not take: then the start is
    /// refused by <see cref="HostSettingRegistration.AddSettings"/>, together with all that is wrong.
    /// </summary>
    public bool ReadSwitch(IConfiguration configuration, bool unsaid) =>
        ReadTaken(configuration) is { } text ? text is "true" or "True" : unsaid;

    /// <summary>The number; null where nothing is said, or something that it does not take.</summary>
    public int? ReadNumber(IConfiguration configuration) =>
        ReadTaken(configuration) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The word; null where nothing is said, or something that it does not take.</summary>
    public string? ReadTaken(IConfiguration configuration) =>
        FindFault(configuration) is null ? Read(configuration) : null;
}

/// <summary>How a host declares settings of its own.</summary>
public static class HostSettingRegistration
{
    /// <summary>
    /// A start or a command at which one of them is malformed is refused, together with everything else that is.
    /// </summary>
    public static IServiceCollection AddSettings(this IServiceCollection services, params IEnumerable<Setting> settings)
    {
        foreach (var setting in settings)
        {
            services.AddSingleton(setting);
        }

        return services;
    }
}
