using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Spectre.Console;
using Tollgate;
using Tollgate.Commands;
using Tollgate.Identity;

namespace ImportCsv.Users;

/// <summary>
/// <c>users reset-password EMAIL</c>: where there is no mail, whoever runs the server gives a user a new password.
/// </summary>
internal sealed class UsersCommand : IHostCommand
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz";
    private const int Length = 20;

    public Command Create(CommandRun run)
    {
        var email = new Argument<string>("email") { Description = "By which the user signs in." };
        var reset = new Command("reset-password", "Set a new password and print it; the user is signed out everywhere.")
        {
            email,
        };
        run.Does(
            reset,
            async (parsed, cancellationToken) =>
            {
                await using var scope = run.Get<IServiceScopeFactory>().CreateAsyncScope();
                var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
                if (await users.FindByEmailAsync(parsed.GetRequiredValue(email)) is not { } user)
                {
                    return run.Refuse(parsed, new UserNotFound());
                }

                var password = RandomNumberGenerator.GetString(Letters, Length);
                var code = await users.GeneratePasswordResetTokenAsync(user);
                var resetting = scope.ServiceProvider.GetRequiredService<ResetPassword>();
                if (await resetting.RunAsync(user.Id, code, password, cancellationToken) is { } refusal)
                {
                    return run.Refuse(parsed, refusal);
                }

                run.Answer(
                    parsed,
                    new { user.Email, Password = password },
                    terminal => terminal.MarkupLineInterpolated($"{user.Email} signs in with {password}")
                );
                return 0;
            }
        );
        return new Command("users", "Who signs in.") { reset };
    }
}

/// <summary>Nobody signs in by that e-mail.</summary>
internal sealed record UserNotFound() : Refusal("user_not_found", 404, "There is no such user.", "Check the e-mail.");
