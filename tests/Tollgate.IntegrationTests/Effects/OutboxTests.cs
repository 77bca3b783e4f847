using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.IntegrationTests.Library;
using Tollgate.Outbox;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Effects;

/// <summary>Pending effects, dispatched by one node.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_effect_that_is_held_up_holds_up_its_own_account_and_no_other()
    {
        var handler = new RecordingHandler();
        await using var app = await LibraryApp.StartAsync(
            Some.Catalog,
            services => services.AddSingleton<IEffectHandler>(handler)
        );
        await EnqueueAsync(app, "silent", "first");
        await handler.Held.WaitAsync(Token);

        await EnqueueAsync(app, "silent", "second");
        foreach (var account in new[] { "a", "b", "c", "d", "e" })
        {
            await EnqueueAsync(app, account, "first");
        }

        await Eventually.Async(() => handler.Done.Count == 5, ct: Token, what: "the others to be dispatched");
        Assert.DoesNotContain(handler.Done, one => one.StartsWith("silent", StringComparison.Ordinal));
        handler.LetGo.SetResult();
        await Eventually.Async(
            () => handler.Done.Count == 7,
            ct: Token,
            what: "the one that was held to be dispatched"
        );
        Assert.Equal(["silent first", "silent second"], handler.Done.Skip(5));
    }

    private static Task EnqueueAsync(LibraryApp app, string account, string occurrence) =>
        app.QueryAsync<object>(
            $$"""
            INSERT INTO billing.accounts (account_id, name, billing_email, created_at)
            VALUES ('{{account}}', 'A', 'a@example.test', clock_timestamp()) ON CONFLICT DO NOTHING;
            INSERT INTO billing.outbox (account_id, kind, occurrence, payload, created_at, state, not_before)
            VALUES ('{{account}}', 'billing_contact_changed', '{{occurrence}}',
                '{"kind": "billing_contact_changed", "Occurrence": "{{occurrence}}"}', clock_timestamp(), 'pending',
                clock_timestamp())
            """
        );

    private sealed class RecordingHandler : IEffectHandler
    {
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Done { get; } = [];

        public Task Held => held.Task;

        public async Task HandleAsync(AccountId account, Effect effect, CancellationToken cancellationToken)
        {
            if (account.Value == "silent")
            {
                held.TrySetResult();
                await LetGo.Task.WaitAsync(cancellationToken);
            }

            Done.Enqueue($"{account.Value} {effect.Occurrence}");
        }
    }
}
