using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Tollgate;
using Tollgate.Identity;

namespace ImportCsv.Users;

/// <summary>On one's own server a user is all there is.</summary>
internal sealed class SignUpOnOwnServer : ISignUpBinding
{
    public Task<Refusal?> BindAsync(IdentityUser user, JsonElement details, CancellationToken cancellationToken) =>
        Task.FromResult<Refusal?>(null);
}
