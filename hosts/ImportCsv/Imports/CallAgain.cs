using ImportCsv.Storage;
using ImportCsv.Users;
using Microsoft.EntityFrameworkCore;
using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>
/// <c>POST /api/v1/imports/{id}/callback</c>: notifies the owner's server once more of a finished import, as it did
/// before, from the first attempt on.
/// </summary>
internal static class CallAgain
{
    public static async Task<IResult> RunAsync(Guid id, HttpContext http, ImportCsvDb db, TimeProvider machineTime)
    {
        var user = http.UserId();
        var now = machineTime.GetUtcNow();
        var found = await db.Set<Callback>()
            .Where(row => row.ImportId == id)
            .Where(row => db.Set<Import>().Any(import => import.Id == row.ImportId && import.UserId == user))
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(one => one.State, "waiting")
                        .SetProperty(one => one.Attempts, 0)
                        .SetProperty(one => one.NotBefore, now),
                http.RequestAborted
            );
        return found == 1 ? Results.NoContent() : RefusalProblem.ToResult(new NoCallbackToRetry());
    }
}

/// <summary>No such import of this user, or its importer had no callback when it came in.</summary>
internal sealed record NoCallbackToRetry()
    : Refusal(
        "no_callback",
        404,
        "No server waits for this import.",
        "A callback is sent for imports that come in while the importer has one."
    );
