using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tollgate.Http;

namespace Tollgate.Identity;

/// <summary>
/// <c>POST /api/auth/forgot</c> mails a link, by which <c>/reset</c> sets a new password. The answer is given before
/// anybody checks whether the address is known, so neither its words nor its time show it.
/// </summary>
internal sealed partial class ForgotPassword(IServiceScopeFactory scopes, ILogger<ForgotPassword> log)
    : BackgroundService
{
    private const int WaitingMax = 1000;
    private static readonly TimeSpan WhenFull = TimeSpan.FromMinutes(1);

    private readonly Channel<string> asked = Channel.CreateBounded<string>(WaitingMax);

    internal sealed record Forgotten(string Email);

    internal sealed record NewPassword(string User, string Code, string Password);

    public static async Task<IResult> ForgotAsync(HttpContext http, ForgotPassword forgot)
    {
        var request = await BillingJson.ReadAsync<Forgotten>(http.Request);
        return request.Refusal is { } refusal ? RefusalProblem.ToResult(refusal)
            : forgot.asked.Writer.TryWrite(request.Value!.Email) ? Results.NoContent()
            : RefusalProblem.ToResult(new RateLimited(WhenFull));
    }

    public static async Task<IResult> ResetAsync(HttpContext http, ResetPassword reset)
    {
        var request = await BillingJson.ReadAsync<NewPassword>(http.Request);
        if (request is not { Value: { } wanted })
        {
            return RefusalProblem.ToResult(request.Refusal!);
        }

        var refused = await reset.RunAsync(wanted.User, wanted.Code, wanted.Password, http.RequestAborted);
        return refused is null ? Results.NoContent() : RefusalProblem.ToResult(refused);
    }

    /// <summary>What was asked for before the host stops is still sent.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        asked.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in asked.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await OfferAsync(email);
            }
            catch (Exception failure)
            {
                LogFailed(failure); // whoever waits for the mail asks again
            }
        }
    }

    private async Task OfferAsync(string email)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        if (await users.FindByEmailAsync(email) is { } user)
        {
            await scope.ServiceProvider.GetRequiredService<SignInMails>().OfferResetAsync(user, CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A link for a new password could not be sent")]
    private partial void LogFailed(Exception failure);
}
