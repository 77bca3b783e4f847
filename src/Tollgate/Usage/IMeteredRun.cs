namespace Tollgate.Usage;

/// <summary>The run that a metered endpoint serves; a feature of the request.</summary>
public interface IMeteredRun
{
    /// <summary>Id of the meter.</summary>
    string Meter { get; }

    /// <summary>The caller's key of the run, or a new one.</summary>
    string Key { get; }

    /// <summary>The run succeeded before and is counted; it will not be counted again.</summary>
    bool IsRepeat { get; }
}

internal sealed record MeteredRun(string Meter, string Key, bool IsRepeat) : IMeteredRun;
