using Npgsql;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Notifications;

public sealed class MailCrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("fault", "F91")]
    public async Task A_process_that_is_killed_while_the_provider_has_the_mail_leaves_one_mail()
    {
        await using var resend = await FakeResend.StartAsync();
        resend.Mood = ProviderMood.TakesAndNeverAnswers;
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var environment = resend
            .Settings.Select(setting => setting[2..].Split('=', 2))
            .ToDictionary(s => s[0], s => s[1]);
        environment["ConnectionStrings__Tollgate"] = database.ConnectionString;
        environment["Development__SandboxPort"] = "0";
        environment["Development__KeepSandbox"] = "false";

        await using (var killed = HydraProcess.Start(Address(), environment))
        {
            await killed.ReadyAsync();
            await RunAsync(
                source,
                """
                INSERT INTO billing.outbox (account_id, kind, occurrence, payload, created_at, state, not_before)
                    VALUES ('acme', 'access_ended', 'sub_1:team:1',
                        '{"kind": "access_ended", "Occurrence": "sub_1:team:1", "Plan": "team", "Reason": "x"}',
                        clock_timestamp(), 'pending', clock_timestamp())
                """
            );
            await Eventually.Async(() => resend.Mails.Count == 1, TimeSpan.FromSeconds(30), Token);
            await killed.KillAsync();
        }

        resend.Mood = ProviderMood.Takes;
        await RunAsync(source, "UPDATE billing.mails SET leased_until = clock_timestamp()");
        await using var next = HydraProcess.Start(Address(), environment);
        await Eventually.Async(
            async () =>
            {
                await using var state = source.CreateCommand("SELECT state FROM billing.mails");
                return (string?)await state.ExecuteScalarAsync(Token) == "sent";
            },
            TimeSpan.FromSeconds(60),
            Token
        );
        Assert.Single(resend.Mails);
        Assert.Equal(2, resend.Requests);
    }

    private static async Task RunAsync(NpgsqlDataSource source, string statement)
    {
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static Uri Address() => new($"http://127.0.0.1:{FreePort.Next()}");
}
