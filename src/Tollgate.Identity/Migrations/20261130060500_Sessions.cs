using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tollgate.Identity.Migrations;

/// <summary>Who is signed in, who wants to be a user, and who gave wrong passwords. All times are machine time.</summary>
[DbContext(typeof(SignInDb))]
[Migration("20261130060500_Sessions")]
internal sealed class Sessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE sign_in.sessions (
                -- of the secret in the cookie or token, which stands nowhere
                session_hash bytea PRIMARY KEY,
                user_id text NOT NULL,
                -- the user's when the session began: with a new password they differ
                security_stamp text NOT NULL,
                created_at timestamptz NOT NULL,
                expires_at timestamptz NOT NULL
            );
            CREATE INDEX sessions_by_user ON sign_in.sessions (user_id);
            CREATE INDEX sessions_by_end ON sign_in.sessions (expires_at);

            CREATE TABLE sign_in.sign_ups (
                -- the id of the user that it becomes
                sign_up_id text PRIMARY KEY,
                email text NOT NULL,
                normalized_email text NOT NULL,
                password_hash text NOT NULL,
                -- what the host is to bind
                details jsonb NOT NULL,
                -- of every link that was mailed: whichever is opened holds
                code_hashes bytea[] NOT NULL,
                created_at timestamptz NOT NULL,
                expires_at timestamptz NOT NULL
            );
            CREATE INDEX sign_ups_by_email ON sign_in.sign_ups (normalized_email, created_at);
            CREATE INDEX sign_ups_by_end ON sign_in.sign_ups (expires_at);

            CREATE UNLOGGED TABLE sign_in.wrong_passwords (
                -- whose, and from where
                key text PRIMARY KEY,
                failures int NOT NULL,
                blocked_until timestamptz NOT NULL,
                last_at timestamptz NOT NULL
            );
            CREATE INDEX wrong_passwords_by_time ON sign_in.wrong_passwords (last_at);
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "DROP TABLE sign_in.wrong_passwords; DROP TABLE sign_in.sign_ups; DROP TABLE sign_in.sessions;"
        );
}
