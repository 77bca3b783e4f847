using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tollgate.Commands;

/// <summary>What several commands ask for in the same words.</summary>
internal static class OperatorOptions
{
    public static Argument<AccountId> Tenant() =>
        new("tenant") { Description = "The account's id.", CustomParser = ReadAccount };

    public static Option<string> Why() =>
        NotBlank(new("--why") { Description = "The reason, kept for the audit.", Required = true });

    public static Option<string> By() =>
        NotBlank(
            new("--by")
            {
                Description = "Who decided it, kept for the audit; by default this machine's user.",
                DefaultValueFactory = _ => Environment.UserName,
            }
        );

    /// <summary>A time without an offset is UTC, wherever the operator sits.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) =>
        new(name) { Description = description, CustomParser = ReadTime };

    /// <summary>A month of UTC, as its first day; it must be named.</summary>
    public static Option<DateOnly> Month(string name, string description) =>
        new(name)
        {
            Description = description,
            Required = true,
            CustomParser = ReadMonth,
        };

    /// <summary>An address that others can call.</summary>
    public static Option<Uri?> Address(string name, string description) =>
        new(name) { Description = description, CustomParser = ReadAddress };

    /// <summary>How many, at least one.</summary>
    public static Option<int> Count(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && given.GetValueOrDefault<int>() < 1)
            {
                given.AddError($"{name} is 1 at least.");
            }
        });
        return option;
    }

    private static Option<string> NotBlank(Option<string> option)
    {
        option.Validators.Add(given =>
        {
            if (string.IsNullOrWhiteSpace(given.GetValueOrDefault<string>()))
            {
                given.AddError($"{option.Name} says nothing.");
            }
        });
        return option;
    }

    private static AccountId ReadAccount(ArgumentResult given)
    {
        try
        {
            return new AccountId(given.Tokens[0].Value);
        }
        catch (ArgumentException wrong)
        {
            // what a person typed is not understood, and no bug
            given.AddError(wrong.Message.Split(" (Parameter")[0]);
            return default;
        }
    }

    private static Uri? ReadAddress(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
        {
            return address;
        }

        given.AddError($"{text} is no address: write https://api.example.com/api/webhooks/stripe.");
        return null;
    }

    private static DateOnly ReadMonth(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return month;
        }

        given.AddError($"{text} is no month: write 2026-06.");
        return default;
    }

    private static DateTimeOffset? ReadTime(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
        )
        {
            return time;
        }

        given.AddError($"{text} is no time: write 2026-12-31 or 2026-12-31T18:00Z.");
        return null;
    }
}
