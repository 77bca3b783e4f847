using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Tollgate.Storage;

/// <summary>
/// Keeps the keys of ASP.NET Core Data Protection in PostgreSQL. It is made while a host maps its endpoints, before
/// there is a database in Development, so it asks for one only when keys are read.
/// </summary>
internal sealed class DataProtectionKeys(Lazy<IDbContextFactory<TollgateDb>> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.Value.CreateDbContext();
        return
        [
            .. db.Set<DataProtectionKey>().AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(XElement.Parse),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.Value.CreateDbContext();
        db.Add(
            new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) }
        );
        db.SaveChanges();
    }
}
