using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Tollgate.Storage;

namespace Tollgate.Commands.Checks;

/// <summary>Whether whoever reads the database, or a dump of it, can sign anybody in.</summary>
internal sealed class KeyRingCheck(IDbContextFactory<TollgateDb> contexts)
{
    private const string Name = "key ring";

    // how Data Protection writes a key that is encrypted
    private const string Encrypted = "<encryptedSecret";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Set<DataProtectionKey>()
            .CountAsync(key => !key.Xml!.Contains(Encrypted) && key.Xml.StartsWith("<key "), cancellationToken);
        return open == 0
            ? Finding.Good(Name)
            : Finding.Warn(
                Name,
                $"{open} keys of sign-in lie open in the database: whoever reads it, or a dump, can sign anybody in. "
                    + "Set Tollgate__KeyRing__Certificate; keys that are there end within 90 days"
            );
    }
}
