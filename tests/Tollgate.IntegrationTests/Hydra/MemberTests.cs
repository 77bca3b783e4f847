using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hydra.Storage;
using Microsoft.EntityFrameworkCore;
using Tollgate.Notifications;
using Tollgate.Testing;

namespace Tollgate.IntegrationTests.Hydra;

/// <summary>Who belongs to a tenant: signing up, inviting, joining, removing.</summary>
public sealed class MemberTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_up_makes_a_tenant_with_its_owner_who_can_buy()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignUpAsync("bill@initech.test", "Initech");
        var me = await owner.GetFromJsonAsync<JsonElement>("/api/me", Token);
        Assert.Equal(
            ("owner", "Initech"),
            (me.GetProperty("role").GetString(), me.GetProperty("tenant").GetProperty("name").GetString())
        );
        await hydra.BuyAsync(owner, seats: 1);
        await hydra.TierBecomesAsync("team", me.GetProperty("tenant").GetProperty("id").GetString()!);
    }

    [Theory]
    [InlineData("""{"email":"eve@evil.test","password":"tollgate-demo"}""", "invalid_request")]
    [InlineData("""{"organization":"  ","email":"eve@evil.test","password":"tollgate-demo"}""", "invalid_request")]
    [InlineData("""{"organization":"Evil","email":"eve","password":"tollgate-demo"}""", "invalid_request")]
    [InlineData(
        """{"organization":"Evil","email":"\"e ve\"@evil.test","password":"tollgate-demo"}""",
        "invalid_request"
    )]
    [InlineData("""{"organization":"Evil","email":"eve@nowhere","password":"tollgate-demo"}""", "invalid_request")]
    [InlineData("""{"organization":"Evil","email":"eve@evil.test","password":"short"}""", "sign_up_refused")]
    [InlineData(
        """{"organization":"Evil","email":"eve@evil.test","password":"tollgate-demo","tenant":"acme"}""",
        "invalid_request"
    )]
    public async Task Nobody_signs_up_without_a_tenant_of_their_own(string body, string code)
    {
        await using var hydra = await HydraHost.StartAsync();
        using var eve = hydra.Anonymous();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await eve.PostAsync("/api/auth/register", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await HydraHost.Json(answer)).GetProperty("code").GetString());
        Assert.Equal(4L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"AspNetUsers\""));
        Assert.Equal(2L, await hydra.QueryAsync<long>("SELECT count(*) FROM public.tenants"));
    }

    [Fact]
    public async Task The_same_e_mail_signed_up_several_times_at_once_makes_one_tenant()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var founder = hydra.Anonymous();
        var sign = new
        {
            organization = "Initech",
            email = "bill@initech.test",
            password = HydraHost.Password,
        };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => PostAsync(founder, "/api/auth/register", sign))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(2L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Organizations\""));
        var (user, code) = await hydra.LinkAsync("/confirm", sign.email);
        var confirmation = new
        {
            user,
            code,
            sign.password,
        };
        var confirmed = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => PostAsync(hydra.Anonymous(), "/api/auth/confirm", confirmation))
        );
        Assert.Equal(1, confirmed.Count(answer => answer.StatusCode == HttpStatusCode.NoContent));
        Assert.Equal(3, confirmed.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Organizations\""));
    }

    [Fact]
    public async Task An_owner_invites_and_the_invitation_lets_in_once()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        var secret = await InviteAsync(owner, "new@acme.test");
        using var newcomer = hydra.Anonymous();

        var weak = new { invitation = secret, password = "short" };
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(newcomer, "/api/auth/join", weak)).StatusCode);
        await JoinAsync(hydra, newcomer, secret, "new@acme.test");
        var join = new { invitation = secret, password = HydraHost.Password };
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(newcomer, "/api/auth/join", join)).StatusCode);

        using var member = await hydra.SignInAsync("new@acme.test");
        var me = await member.GetFromJsonAsync<JsonElement>("/api/me", Token);
        Assert.Equal(
            ("member", "acme"),
            (me.GetProperty("role").GetString(), me.GetProperty("tenant").GetProperty("id").GetString())
        );
        Assert.DoesNotContain(
            secret,
            await hydra.QueryAsync<string>("SELECT coalesce(string_agg(l::text, ''), '') FROM hydra.\"LogEntries\" l"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_takes_an_address_that_is_not_theirs_from_the_one_who_is_invited()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var eve = hydra.Anonymous();
        var squat = new
        {
            organization = "Evil",
            email = "new@acme.test",
            password = "words-that-eve-knows",
        };
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(eve, "/api/auth/register", squat)).StatusCode);
        var secret = await InviteAsync(owner, "new@acme.test");
        // eve has the link of the invitation too, but not the mail
        var steal = new { invitation = secret, squat.password };
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(eve, "/api/auth/join", steal)).StatusCode);
        var login = new { squat.email, squat.password };
        Assert.Equal(
            (401, "email_not_confirmed"),
            await RefusedAsync(PostAsync(eve, "/api/auth/login?useCookies=true", login))
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await eve.GetAsync("/api/me", Token)).StatusCode);

        await Eventually.Async(
            async () => await MailedAsync(hydra, squat.email) == 2,
            ct: Token,
            what: "the links that eve asked for"
        );
        using var newcomer = hydra.Anonymous();
        await JoinAsync(hydra, newcomer, secret, "new@acme.test");
        var me = await newcomer.GetFromJsonAsync<JsonElement>("/api/me", Token);
        Assert.Equal("acme", me.GetProperty("tenant").GetProperty("id").GetString());
        Assert.Equal(2L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Organizations\""));
    }

    [Fact]
    public async Task An_invitation_that_was_revoked_replaced_or_made_up_lets_nobody_in()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var newcomer = hydra.Anonymous();
        var replaced = await InviteAsync(owner, "new@acme.test");
        var revoked = await InviteAsync(owner, "new@acme.test");
        var people = await owner.GetFromJsonAsync<JsonElement>("/api/members", Token);
        var id = Assert.Single(people.GetProperty("invitations").EnumerateArray()).GetProperty("id").GetString();
        await owner.DeleteAsync($"/api/members/invitations/{id}", Token);

        foreach (var secret in new[] { replaced, revoked, "made-up", "" })
        {
            var join = new { invitation = secret, password = HydraHost.Password };
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(newcomer, "/api/auth/join", join)).StatusCode);
        }
    }

    [Fact]
    [Trait("abuse", "X17")]
    public async Task A_removed_member_is_refused_at_once_with_the_cookie_they_have()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var member = await hydra.SignInAsync("member@acme.test");
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/api/billing/status", Token)).StatusCode);

        var removed = await owner.DeleteAsync($"/api/members/{await IdOfAsync(owner, "member@acme.test")}", Token);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        foreach (var path in new[] { "/api/billing/status", "/api/repos", "/api/members", "/api/workflows/runs" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await member.GetAsync(path, Token)).StatusCode);
        }

        var run = await member.PostAsync("/api/workflows/fix/runs", content: null, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, run.StatusCode);
        Assert.Equal(0, await hydra.TenantAsync<int>("free_tier_fixes_used"));
    }

    [Fact]
    public async Task Only_an_owner_invites_and_removes_and_the_last_owner_stays()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var owner = await hydra.SignInAsync();
        using var member = await hydra.SignInAsync("member@acme.test");
        using var globex = await hydra.SignInAsync("owner@globex.test");
        var ownerId = await IdOfAsync(owner, "owner@acme.test");

        Assert.Equal((403, "owner_required"), await RefusedAsync(member.DeleteAsync($"/api/members/{ownerId}", Token)));
        Assert.Equal(
            (403, "owner_required"),
            await RefusedAsync(PostAsync(member, "/api/members", new { email = "x@acme.test" }))
        );
        Assert.Equal(
            (404, "member_not_found"),
            await RefusedAsync(globex.DeleteAsync($"/api/members/{ownerId}", Token))
        );
        Assert.Equal((409, "last_owner"), await RefusedAsync(owner.DeleteAsync($"/api/members/{ownerId}", Token)));
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        await using var hydra = await HydraHost.StartAsync();
        using var first = await hydra.SignInAsync();
        using var newcomer = hydra.Anonymous();
        var secret = await InviteAsync(first, "second@acme.test", owner: true);
        await JoinAsync(hydra, newcomer, secret, "second@acme.test");
        using var second = await hydra.SignInAsync("second@acme.test");
        var (firstId, secondId) = (
            await IdOfAsync(first, "owner@acme.test"),
            await IdOfAsync(first, "second@acme.test")
        );

        await Task.WhenAll(
            first.DeleteAsync($"/api/members/{secondId}", Token),
            second.DeleteAsync($"/api/members/{firstId}", Token)
        );

        Assert.Equal(
            1L,
            await hydra.QueryAsync<long>(
                "SELECT count(*) FROM hydra.\"Memberships\" WHERE \"OrganizationId\" = 'acme' AND \"IsOwner\""
            )
        );
    }

    [Fact]
    public async Task Hydras_own_tables_go_down_and_up_again_with_rows_in_them()
    {
        await using var hydra = await HydraHost.StartAsync("--BILLING_ENABLED=false");
        using var owner = await hydra.SignInAsync();
        await InviteAsync(owner, "new@acme.test");
        await using var db = await hydra.Service<IDbContextFactory<HydraDb>>().CreateDbContextAsync(Token);
        Assert.Equal(3L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Memberships\""));

        await db.Database.MigrateAsync("0", Token);

        Assert.Equal(
            "migrations",
            await hydra.QueryAsync<string>(
                "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'hydra'"
            )
        );
        await db.Database.MigrateAsync(Token);
        Assert.Equal(0L, await hydra.QueryAsync<long>("SELECT count(*) FROM hydra.\"Memberships\""));
        Assert.False(db.Database.HasPendingModelChanges());
    }

    private static async Task JoinAsync(HydraHost hydra, HttpClient newcomer, string invitation, string email)
    {
        var before = await MailedAsync(hydra, email);
        var join = new { invitation, password = HydraHost.Password };
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(newcomer, "/api/auth/join", join)).StatusCode);
        await Eventually.Async(async () => await MailedAsync(hydra, email) > before, what: $"a mail to {email}");
        await hydra.ConfirmAsync(newcomer, email, HydraHost.Password);
    }

    private static async Task<int> MailedAsync(HydraHost hydra, string email) =>
        (await hydra.Service<MailLog>().ListAsync(100, Token)).Count(mail => mail.Message?.To == email);

    private static async Task<string> InviteAsync(HttpClient by, string email, bool owner = false)
    {
        var answer = await PostAsync(by, "/api/members", new { email, owner });
        var url = (await HydraHost.Json(answer)).GetProperty("invite_url").GetString()!;
        return url.Split('=')[1];
    }

    private static async Task<string> IdOfAsync(HttpClient client, string email) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/members", Token))
            .GetProperty("members")
            .EnumerateArray()
            .Single(one => one.GetProperty("email").GetString() == email)
            .GetProperty("id")
            .GetString()!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(path, body, Token);

    private static async Task<(int Status, string? Code)> RefusedAsync(Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        return ((int)answer.StatusCode, (await HydraHost.Json(answer)).GetProperty("code").GetString());
    }
}
