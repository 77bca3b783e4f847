using System.Net;
using System.Net.Http.Json;
using Tollgate.Notifications;

namespace Tollgate.ImportCsvTests.SignIn;

/// <summary>Which addresses are known is shown to whoever reads their mail, and to nobody else.</summary>
public sealed class EqualAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_sign_up_with_a_known_address_answers_and_works_alike_and_mails_another_link(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var client = host.Product.Stranger();
        HttpResponseMessage? known = null;
        HttpResponseMessage? unknown = null;
        var forKnown = await host.HashesAsync(async () => known = await host.SignUpAsync(client, host.Owner));
        var forUnknown = await host.HashesAsync(async () =>
            unknown = await host.SignUpAsync(client, "new@example.com")
        );

        Assert.Equal((1L, 1L), (forKnown, forUnknown));
        Assert.Equal(HttpStatusCode.OK, known!.StatusCode);
        Assert.Equal(unknown!.StatusCode, known.StatusCode);
        Assert.Equal(
            (await unknown.Content.ReadAsStringAsync(Token)).Replace(
                "new@example.com",
                host.Owner,
                StringComparison.Ordinal
            ),
            await known.Content.ReadAsStringAsync(Token)
        );
        await host.Product.LinkAsync("/reset", host.Owner);
        await host.Product.LinkAsync("/confirm", "new@example.com");
        Assert.Equal(1L, await host.Product.QueryAsync<long>("SELECT count(*) FROM sign_in.sign_ups"));
        using var asEver = await host.SignInAsync();
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task Nothing_is_made_before_the_address_is_confirmed(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var client = host.Product.Stranger();
        var users = await host.Product.QueryAsync<long>($"SELECT count(*) FROM {host.Users}");
        var accounts = await host.Product.QueryAsync<long>("SELECT count(*) FROM billing.accounts");
        await host.SignUpAsync(client, "new@example.com");
        await RunningProduct.RefusedAsync(await host.LogInAsync(client, "new@example.com"), 401, "email_not_confirmed");
        Assert.Equal(users, await host.Product.QueryAsync<long>($"SELECT count(*) FROM {host.Users}"));
        Assert.Equal(accounts, await host.Product.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));

        await host.Product.ConfirmAsync(client, "new@example.com", EitherHost.Password);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(accounts + 1, await host.Product.QueryAsync<long>("SELECT count(*) FROM billing.accounts"));
        Assert.Equal(0L, await host.Product.QueryAsync<long>("SELECT count(*) FROM sign_in.sign_ups"));
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_wrong_password_is_refused_with_the_same_words_and_work_whoever_it_is(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        using var client = host.Product.Stranger();
        await host.SignUpAsync(client, "waiting@example.com");
        await host.LogInAsync(client, "nobody@example.com", "to-warm-it-up-first");
        var answers = new List<string>();
        foreach (var email in new[] { host.Owner, "waiting@example.com", "nobody@example.com" })
        {
            var hashes = await host.HashesAsync(async () =>
            {
                var answer = await host.LogInAsync(client, email, "some-other-words");
                await RunningProduct.RefusedAsync(answer, 401, "wrong_password");
                answers.Add(await answer.Content.ReadAsStringAsync(Token));
            });
            Assert.Equal(1, hashes);
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EitherHost.Names), MemberType = typeof(EitherHost))]
    public async Task A_forgotten_password_is_set_by_the_mailed_link_once_for_a_known_address_alone(string name)
    {
        await using var host = await EitherHost.StartAsync(name);
        var kept = await host.CookieAsync(host.Admin);
        using var client = host.Product.Stranger();
        foreach (var email in new[] { "nobody@example.com", host.Admin })
        {
            var asked = await client.PostAsJsonAsync("/api/auth/forgot", new { email }, Token);
            Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        }

        var (user, code) = await host.Product.LinkAsync("/reset", host.Admin);
        var wanted = new
        {
            user,
            code,
            password = "some-newer-words",
        };
        var set = await client.PostAsJsonAsync("/api/auth/reset", wanted, Token);
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await host.MeAsync(kept));
        await RunningProduct.RefusedAsync(
            await client.PostAsJsonAsync("/api/auth/reset", wanted, Token),
            404,
            "reset_not_found"
        );
        using var signedIn = await host.SignInAsync(host.Admin, "some-newer-words");
        await Eventually.Async(
            async () =>
                (await MailedAsync(host, host.Admin)).Any(subject =>
                    subject.EndsWith("was changed", StringComparison.Ordinal)
                ),
            ct: Token,
            what: "word of the new password"
        );
        Assert.Empty(await MailedAsync(host, "nobody@example.com"));
    }

    private static async Task<IEnumerable<string>> MailedAsync(EitherHost host, string to) =>
        from mail in await host.Product.Service<MailLog>().ListAsync(100, Token)
        where mail.Message?.To == to
        select mail.Message!.Subject;
}
