using Microsoft.EntityFrameworkCore;

namespace ImportCsv.Imports;

/// <summary>
/// Deletes imports with all their rows, a few in each transaction: however many there are, no statement takes long, and
/// what is done when it breaks off stays done.
/// </summary>
internal static class DeleteInTurns
{
    private const int AtATime = 20;

    /// <returns>How many they were.</returns>
    public static async Task<int> DeleteInTurnsAsync(
        this IQueryable<Import> imports,
        CancellationToken cancellationToken
    )
    {
        for (var all = 0; ; )
        {
            var deleted = await imports
                .Where(row => imports.OrderBy(one => one.Id).Select(one => one.Id).Take(AtATime).Contains(row.Id))
                .ExecuteDeleteAsync(cancellationToken);
            if (deleted == 0)
            {
                return all;
            }

            all += deleted;
        }
    }
}
