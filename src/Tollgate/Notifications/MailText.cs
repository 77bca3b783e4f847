namespace Tollgate.Notifications;

/// <summary>
/// The words of a mail: plain text, in the order in which they are read. Layout and encoding are not their business;
/// HTML and text part are both made of them.
/// </summary>
/// <param name="Subject">One line.</param>
/// <param name="Heading">The first line inside.</param>
/// <param name="Paragraphs">A few sentences each.</param>
/// <param name="Action">The one thing to do.</param>
/// <param name="Aside">Said below the action in smaller type.</param>
public sealed record MailText(
    string Subject,
    string Heading,
    IReadOnlyList<string> Paragraphs,
    MailLink Action,
    string? Aside = null
);

/// <summary>A link of a mail. It may lead to the product (<see cref="TollgateOptions.AppUrl"/>) or to Stripe.</summary>
public sealed record MailLink(string Label, Uri Url);
