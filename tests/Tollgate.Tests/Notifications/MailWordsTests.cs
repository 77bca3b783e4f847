using System.Net;
using System.Text.RegularExpressions;
using Tollgate.Notifications;
using Tollgate.Stripe;

namespace Tollgate.Tests.Notifications;

/// <summary>What people chose cannot become more than words, and links lead home or to Stripe.</summary>
public sealed partial class MailWordsTests
{
    private static readonly Uri App = new("https://app.some.test");

    private static readonly StripeSettings Live = new() { SecretKey = "sk_test_123", WebhookSecrets = [] };

    private static readonly StripeSettings Local = Live with { ApiBase = new Uri("http://127.0.0.1:12111") };

    [Theory]
    [Trait("abuse", "X37")]
    [InlineData("billing@acme.test", true)]
    [InlineData("Bill.O'Neil+stripe@mail.acme.co.uk", true)]
    [InlineData("jürgen@müller.test", true)]
    [InlineData("a@b.test,c@d.test", false)]
    [InlineData("a@b.test;c@d.test", false)]
    [InlineData("a@b.test\r\nBcc: eve@evil.test", false)]
    [InlineData("A <a@b.test>", false)]
    [InlineData("\"a\"@b.test", false)]
    [InlineData("a@b@c.test", false)]
    [InlineData("a@localhost", false)]
    [InlineData("a@b.test\u200B", false)]
    [InlineData("", false)]
    public void A_billing_address_is_one_mailbox(string text, bool isOne) =>
        Assert.Equal(isOne, EmailAddress.IsOne(text));

    [Theory]
    [Trait("abuse", "X37")]
    [InlineData("Acme Ltd", "Acme Ltd")]
    [InlineData("A\r\nBcc: x", "A Bcc:\u2060 x")]
    [InlineData("evil.test", "evil.\u2060test")]
    [InlineData("https://evil", "https:\u2060/\u2060/\u2060evil")]
    [InlineData("A\u202Eeman", "A eman")]
    public void A_name_is_one_line_and_no_link(string name, string shown) => Assert.Equal(shown, DisplayName.Of(name));

    [Fact]
    [Trait("abuse", "X37")]
    public void A_long_name_is_cut() => Assert.Equal(81, DisplayName.Of(new string('a', 200)).Length);

    [Theory]
    [Trait("decision", "E2")]
    [InlineData("https://app.some.test/settings/billing", true)]
    [InlineData("https://invoice.stripe.com/i/acct_1/test_1", true)]
    [InlineData("http://app.some.test/settings/billing", false)]
    [InlineData("https://app.some.test:444/", false)]
    [InlineData("https://app.some.test@evil.test/", false)]
    [InlineData("https://evil.test@app.some.test/", false)]
    [InlineData("http://invoice.stripe.com/i/1", false)]
    [InlineData("https://evilstripe.com/i/1", false)]
    [InlineData("https://stripe.com.evil.test/i/1", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("http://127.0.0.1:12111/i/test_1", false)]
    public void A_link_leads_to_the_product_or_to_stripe(string link, bool isAllowed) =>
        Assert.Equal(isAllowed, MailLinks.IsAllowed(new Uri(link), App, Live));

    [Fact]
    [Trait("decision", "E2")]
    public void The_page_to_pay_is_stripe_s_or_the_sandbox_s_and_else_the_settings()
    {
        var settings = new Uri(App, "/settings/billing");
        Assert.Equal(settings, MailLinks.PayPage("https://evil.test/i/1", settings, App, Live));
        Assert.Equal(settings, MailLinks.PayPage(null, settings, App, Live));
        Assert.Equal("/i/1", MailLinks.PayPage("http://127.0.0.1:12111/i/1", settings, App, Local).AbsolutePath);
    }

    [Fact]
    public void Html_and_text_say_the_same_and_every_word_is_encoded()
    {
        var text = new MailText("S", "<i>H</i>", ["One & two", "Three"], new MailLink("Go", App), "By the way");
        var facts = new MailFacts("Some", "<script>", "Team", "Free", Some.Start, App, App, App, App);

        var html = MailLayout.Html(text, facts);

        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Equal(
            Words(MailLayout.Text(text, facts).Replace(": https://app.some.test/", "", StringComparison.Ordinal)),
            Words(Body(html))
        );
    }

    [Fact]
    public void A_mail_s_text_form_names_nobody() =>
        Assert.DoesNotContain("acme", $"{new Mail("a@acme.test", "S", "H", "T", "key")}", StringComparison.Ordinal);

    [Theory]
    [InlineData(1, null, 5)]
    [InlineData(3, null, 20)]
    [InlineData(40, null, 900)]
    [InlineData(1, 60, 60)]
    [InlineData(5, 1, 80)]
    public void A_mail_is_tried_again_later_and_later(int attempts, int? asked, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            MailRetries.After(attempts, asked is { } wait ? TimeSpan.FromSeconds(wait) : null)
        );

    private static string Body(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(html[html.IndexOf("<h1", StringComparison.Ordinal)..], " "));

    private static string[] Words(string text) =>
        [.. text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word != "--")];

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tag();
}
