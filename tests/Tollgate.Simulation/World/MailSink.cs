using Tollgate.Notifications;
using Tollgate.Simulation.Schedule;

namespace Tollgate.Simulation.World;

/// <summary>
/// A mail provider that knows a key again for a day, and whose answers are lost sometimes. What it would hand to a
/// person a second time fails the run.
/// </summary>
internal sealed class MailSink(SimulatedTime time, Storm storm, Tally tally) : IMailSender
{
    private readonly Dictionary<string, DateTimeOffset> accepted = [];

    public TimeSpan KeyLifetime { get; } = TimeSpan.FromDays(1);

    /// <summary>Mails that reached a person twice.</summary>
    public List<string> Twice { get; } = [];

    public Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        Operation.Running?.Reach("sends a mail");
        if (!storm.IsCalm && storm.Chance(0.1))
        {
            tally.Count("a mail is not taken");
            return Task.FromResult<MailAnswer>(new MailAnswer.NotNow("simulated"));
        }

        var now = time.GetUtcNow();
        if (!accepted.TryAdd(mail.IdempotencyKey, now))
        {
            tally.Count("a mail comes again");
            if (now - accepted[mail.IdempotencyKey] >= KeyLifetime)
            {
                Twice.Add(mail.IdempotencyKey);
            }
        }

        tally.Count("a mail is sent");
        Operation.Running?.Reach("the provider has the mail");
        if (!storm.IsCalm && storm.Chance(0.3))
        {
            tally.Count("a mail's answer is lost");
            return Task.FromResult<MailAnswer>(new MailAnswer.Unclear("simulated"));
        }

        return Task.FromResult<MailAnswer>(new MailAnswer.Accepted(mail.IdempotencyKey));
    }
}
