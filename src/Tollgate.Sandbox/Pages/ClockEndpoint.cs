using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Pages;

/// <summary><c>/_sandbox/clock</c>: reads Sandbox time, and moves it by seconds or to a unix time.</summary>
internal sealed class ClockEndpoint(CommandLoop loop, SandboxClock clock)
{
    /// <summary>As far as one request may go: a renewal a day for this long is still done in seconds.</summary>
    public static readonly TimeSpan MaxAdvance = TimeSpan.FromDays(3660);

    private static readonly Param[] Known = [Param.Int("seconds", min: 0), Param.Int("to", min: 0)];

    public Task ShowAsync(HttpContext context) => Answers.JsonAsync(context, 200, Describe(clock.GetUtcNow()));

    public async Task AdvanceAsync(HttpContext context)
    {
        try
        {
            var input = ParamBinding.Bind(await Answers.ReadFormAsync(context), Known);
            var target = Target(input);
            var now = await loop.AdvanceToAsync(target);
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            {
                // The dashboard's buttons are plain forms.
                Answers.SeeOther(context, "/");
                return;
            }

            await Answers.JsonAsync(context, 200, Describe(now));
        }
        catch (StripeException refusal)
        {
            // A refusal is the answer.
            await Answers.JsonAsync(context, refusal);
        }
    }

    private Func<DateTimeOffset, DateTimeOffset> Target(JsonObject input)
    {
        var (seconds, to) = (input.IntOrNull("seconds"), input.IntOrNull("to"));
        if (seconds is null == to is null)
        {
            throw StripeException.Invalid("Give either `seconds` or `to`.", "seconds", "parameter_missing");
        }

        var by = seconds ?? (to!.Value - clock.UnixSeconds);
        if (by < 0)
        {
            throw StripeException.Invalid("Time only moves forward.", "to");
        }

        return by > MaxAdvance.TotalSeconds
                ? throw StripeException.Invalid(
                    "One advance goes ten years at most.",
                    seconds is null ? "to" : "seconds"
                )
            : seconds is not null ? now => now.AddSeconds(by)
            : _ => DateTimeOffset.FromUnixTimeSeconds(to!.Value);
    }

    private JsonObject Describe(DateTimeOffset now) =>
        new()
        {
            ["now"] = now.ToUnixTimeSeconds(),
            ["iso"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["advanced_seconds"] = (long)Math.Round(clock.Offset.TotalSeconds),
        };
}
