using Npgsql;
using Tollgate.Notifications;
using Tollgate.Storage;

namespace Tollgate.Identity;

/// <summary>
/// Sign-ups that wait for their confirmation. Nothing is bound by them: several may stand for one address, the first
/// that is confirmed takes it, and an address that nobody confirms stays free.
/// </summary>
internal sealed class SignUpStore(NpgsqlDataSource database)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private const string Columns = "sign_up_id, email, password_hash, details::text";

    /// <summary>Keeps one, and answers the code of its link.</summary>
    public async Task<string> AddAsync(PendingSignUp asked, string normalizedEmail, CancellationToken cancellationToken)
    {
        var code = Secret.New();
        await database
            .CreateCommand(
                """
                WITH swept AS (
                    DELETE FROM sign_in.sign_ups WHERE sign_up_id IN (
                        SELECT sign_up_id FROM sign_in.sign_ups WHERE expires_at < clock_timestamp()
                        ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)
                )
                INSERT INTO sign_in.sign_ups (sign_up_id, email, normalized_email, password_hash, details, code_hashes,
                    created_at, expires_at)
                VALUES (@id, @email, @normalized, @password, @details, ARRAY[@code], clock_timestamp(),
                    clock_timestamp() + @lifetime)
                """
            )
            .With("id", asked.Id)
            .With("email", asked.Email)
            .With("normalized", normalizedEmail)
            .With("password", asked.PasswordHash)
            .WithJson("details", asked.Details)
            .With("code", Secret.HashOf(code))
            .With("lifetime", Lifetime)
            .RunAsync(cancellationToken);
        return code;
    }

    /// <summary>The newest for the address that still holds.</summary>
    public async Task<PendingSignUp?> FindNewestAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        One(
            await database
                .CreateCommand(
                    $"""
                    SELECT {Columns} FROM sign_in.sign_ups
                    WHERE normalized_email = @normalized AND expires_at > clock_timestamp()
                    ORDER BY created_at DESC LIMIT 1
                    """
                )
                .With("normalized", normalizedEmail)
                .ReadAsync(Read, cancellationToken)
        );

    public async Task<PendingSignUp?> FindAsync(string id, string code, CancellationToken cancellationToken) =>
        One(
            await database
                .CreateCommand(
                    $"""
                    SELECT {Columns} FROM sign_in.sign_ups
                    WHERE sign_up_id = @id AND @code = ANY (code_hashes) AND expires_at > clock_timestamp()
                    """
                )
                .With("id", id)
                .With("code", Secret.HashOf(code))
                .ReadAsync(Read, cancellationToken)
        );

    /// <summary>Another code beside those before, as only hashes of them are known.</summary>
    public async Task<string> AddCodeAsync(string id, CancellationToken cancellationToken)
    {
        var code = Secret.New();
        await database
            .CreateCommand(
                """
                UPDATE sign_in.sign_ups SET code_hashes = code_hashes || @code,
                    expires_at = clock_timestamp() + @lifetime
                WHERE sign_up_id = @id
                """
            )
            .With("id", id)
            .With("code", Secret.HashOf(code))
            .With("lifetime", Lifetime)
            .RunAsync(cancellationToken);
        return code;
    }

    private static PendingSignUp? One(List<PendingSignUp> found) => found is [var one] ? one : null;

    private static PendingSignUp Read(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
}

/// <summary>Somebody who wants to be a user.</summary>
/// <param name="Id">Of the user to be.</param>
/// <param name="Details">What the host is to bind, as JSON.</param>
internal sealed record PendingSignUp(string Id, string Email, string PasswordHash, string Details);
