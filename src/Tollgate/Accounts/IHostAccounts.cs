namespace Tollgate.Accounts;

/// <summary>
/// The accounts that the host has. Those that billing does not know, because they are older than billing or its tables
/// were taken out, are opened at each start. A host registers one, in any lifetime.
/// </summary>
public interface IHostAccounts
{
    /// <summary>All of them, without those that were closed.</summary>
    IAsyncEnumerable<HostAccount> ListAsync(CancellationToken cancellationToken);
}

/// <summary>One of the host's accounts, as <see cref="OpenAccount"/> takes it.</summary>
public sealed record HostAccount(AccountId Account, string Name, string BillingEmail);
