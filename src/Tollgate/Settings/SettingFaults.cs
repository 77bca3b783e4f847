using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Settings;

/// <summary>All that is missing or wrong in the settings, to be said at once. Holds names and no value.</summary>
internal sealed class SettingFaults
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Add(string line)
    {
        if (!lines.Contains(line))
        {
            lines.Add(line);
        }
    }

    /// <summary>Those that made something fail.</summary>
    public void AddAll(StartupException failure)
    {
        foreach (var line in failure.Lines)
        {
            Add(line);
        }
    }

    /// <summary>The value; null when it is missing or malformed, which is noted.</summary>
    public string? Required(IConfiguration configuration, Setting setting)
    {
        if (setting.Read(configuration) is null)
        {
            Add(setting.Missing);
            return null;
        }

        return Optional(configuration, setting);
    }

    /// <summary>The value; null when it is not set, or malformed, which is noted.</summary>
    public string? Optional(IConfiguration configuration, Setting setting)
    {
        if (setting.FindFault(configuration) is { } fault)
        {
            Add(fault);
            return null;
        }

        return setting.Read(configuration);
    }

    /// <summary>
    /// A service that reads settings when it is made; null when they are missing or wrong, which is noted. A host may
    /// have put one of its own in its place, which reads none.
    /// </summary>
    public T? TryMake<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            return services.GetRequiredService<T>();
        }
        catch (StartupException wrong)
        {
            AddAll(wrong); // reported together with the rest
            return null;
        }
    }

    /// <exception cref="StartupException">Names every setting that is missing or wrong.</exception>
    public void ThrowIfAny()
    {
        if (lines.Count > 0)
        {
            throw new StartupException(
                lines is [var only]
                    ? only
                    : $"{lines.Count} settings are missing or wrong:\n  {string.Join("\n  ", lines)}"
            )
            {
                Lines = lines,
            };
        }
    }
}
