using System.Security.Cryptography;
using System.Text.Json;
using Hydra.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Checkout;
using Tollgate.Http;
using Tollgate.Identity;
using Tollgate.Notifications;

namespace Hydra.Tenants;

/// <summary>
/// <c>POST /api/auth/billing-email</c>: whoever reads the mail to an address says that bills may come there. The code
/// holds for a day, and only while the address is the one that it was to take the place of.
/// </summary>
internal sealed class ConfirmBillingEmail(
    HydraDb db,
    ChangeBillingContact contact,
    QueueHostMail mails,
    CallRates rates,
    IDataProtectionProvider protection,
    TollgateOptions options
)
{
    private const string Page = "/confirm-billing";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly CallRate Mails = new(5, TimeSpan.FromHours(1));

    private readonly ITimeLimitedDataProtector protector = protection
        .CreateProtector("hydra.billing-email")
        .ToTimeLimitedDataProtector();

    private sealed record Request(string Code);

    private sealed record Change(string Tenant, string From, string To);

    public static async Task<IResult> RunAsync(HttpContext http, ConfirmBillingEmail confirm)
    {
        var request = await BillingJson.ReadAsync<Request>(http.Request);
        var refusal = request is { Value: { } asked }
            ? await confirm.ConfirmAsync(asked.Code, http.RequestAborted)
            : request.Refusal;
        return refusal is null ? Results.NoContent() : RefusalProblem.ToResult(refusal);
    }

    /// <summary>Where bills go now; null for a tenant that billing does not know.</summary>
    public async Task<string?> FindPresentAsync(AccountId account, CancellationToken cancellationToken) =>
        await db
            .Database.SqlQuery<string>(
                $"""SELECT billing_email AS "Value" FROM public.tenants WHERE tenant_id = {account.Value}"""
            )
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>It is the confirmed address of somebody in the tenant.</summary>
    public async Task<bool> IsMembersAsync(AccountId account, string email, CancellationToken cancellationToken)
    {
        var normalized = email.ToUpperInvariant();
        return await db.Users.AnyAsync(
            user =>
                user.NormalizedEmail == normalized
                && user.EmailConfirmed
                && db.Memberships.Any(row => row.UserId == user.Id && row.OrganizationId == account.Value),
            cancellationToken
        );
    }

    /// <summary>Mails the link to the new address. Null when it is on its way.</summary>
    public async Task<RateLimited?> AskAsync(AccountId account, string from, string to)
    {
        if (await rates.TakeAsync($"billing-mail:{account}", Mails, CancellationToken.None) is { } limited)
        {
            return limited;
        }

        var change = JsonSerializer.Serialize(new Change(account.Value, from, to));
        var code = protector.Protect(change, Lifetime);
        var facts = new Dictionary<string, string>
        {
            [HydraMails.Link] = options.PageUrl($"{Page}?code={Uri.EscapeDataString(code)}").AbsoluteUri,
        };
        var occurrence = $"{Guid.CreateVersion7()}";
        await mails.RunAsync(account, to, HydraMails.ConfirmBilling, occurrence, facts, CancellationToken.None);
        return null;
    }

    private async Task<Refusal?> ConfirmAsync(string code, CancellationToken cancellationToken)
    {
        if (Read(code) is not { } change)
        {
            return new ConfirmationNotFound();
        }

        var tenant = await db
            .Organizations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == change.Tenant, cancellationToken);
        var account = new AccountId(change.Tenant);
        return
            tenant is not null
            && await FindPresentAsync(account, cancellationToken) == change.From
            && await contact.RunAsync(account, tenant.Name, change.To, cancellationToken)
            ? null
            : new ConfirmationNotFound();
    }

    private Change? Read(string code)
    {
        try
        {
            return JsonSerializer.Deserialize<Change>(protector.Unprotect(code));
        }
        catch (CryptographicException)
        {
            return null; // made up, cut short, or too old: the answer is the same
        }
    }
}
