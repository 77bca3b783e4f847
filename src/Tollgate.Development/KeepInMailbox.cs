using Tollgate.Notifications;

namespace Tollgate.Development;

/// <summary>
/// Sends nothing anywhere: each mail stays in the database, where <see cref="MailboxPages"/> shows it.
/// </summary>
internal sealed class KeepInMailbox : IMailSender
{
    public TimeSpan KeyLifetime => TimeSpan.MaxValue;

    public Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancellationToken) =>
        Task.FromResult<MailAnswer>(new MailAnswer.Accepted(ProviderId: null));
}
