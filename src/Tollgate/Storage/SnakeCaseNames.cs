using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Tollgate.Storage;

/// <summary>Columns are called as people type them in psql: <c>BillingEmail</c> is <c>billing_email</c>.</summary>
public static class SnakeCaseNames
{
    /// <summary>At the end of a context's <c>OnModelCreating</c>.</summary>
    public static void Apply(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
