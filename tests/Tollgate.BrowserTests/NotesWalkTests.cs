using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tollgate.HydraTesting;
using Tollgate.Testing;
using static Microsoft.Playwright.Assertions;

namespace Tollgate.BrowserTests;

/// <summary>samples/Notes, built from the packages alone in a folder of its own, as somebody else's app.</summary>
public sealed partial class NotesWalkTests(BrowserFixture browser, PackedPackages packages)
    : IClassFixture<PackedPackages>
{
    [Fact]
    public async Task A_team_uses_up_its_notes_upgrades_by_the_seat_grows_and_cancels()
    {
        var sample = packages.CopyOf("samples/Notes");
        await packages.DotnetAsync(sample, "publish", "-c", "Debug", "-o", "out", "-p:TollgatePublishDevelopment=true");
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var database = await TestDatabase.CreateAsync();
        await using var notes = ProductProcess.StartFrom(
            Path.Combine(sample, "out"),
            "Notes",
            address,
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Tollgate"] = database.ConnectionString,
                ["Development__SandboxPort"] = "0",
                ["Development__KeepSandbox"] = "false",
                ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            }
        );
        await notes.ReadyAsync();

        await using var ann = await Visitor.ComesAsync(browser, address);
        await SignInAsync(ann, "ann@acme.test");
        await UseUpAsync(ann);
        await UpgradeAsync(ann);
        await using var bob = await Visitor.ComesAsync(browser, address);
        await WriteOnAsync(ann, bob);
        await AddASeatAsync(ann);
        await CancelAsync(ann);

        Assert.Equal(["402 POST /api/notes", "402 GET /api/notes/search"], ann.Refusals);
        Assert.Empty(bob.Refusals);
        ann.NothingWentWrong();
        bob.NothingWentWrong();
    }

    private static async Task SignInAsync(Visitor who, string email)
    {
        await who.Page.GotoAsync("/");
        await who.Page.GetByLabel("E-mail").FillAsync(email);
        await who.SeesAsync("90-notes-sign-in");
        await who.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(who.Page.GetByRole(AriaRole.Heading, new() { Name = "Your notes" })).ToBeVisibleAsync();
    }

    private static async Task UseUpAsync(Visitor ann)
    {
        var page = ann.Page;
        foreach (var text in (string[])["Buy milk", "Call Bob", "Ship it"])
        {
            await AddAsync(page, text);
            await Expect(page.Locator("#notes li").Filter(new() { HasText = text })).ToBeVisibleAsync();
        }

        await Expect(page.Locator("tg-usage")).ToContainTextAsync("3 of 3");
        await AddAsync(page, "One too many");
        await Expect(page.Locator("tg-upgrade-prompt")).ToContainTextAsync("Your 3 free notes are used for now.");
        await SearchAsync(page, "milk");
        await Expect(page.GetByText("This is part of Pro. Choose a plan to go on.")).ToBeVisibleAsync();
        await Expect(page.Locator("#notes li")).ToHaveCountAsync(3);
        await ann.SeesAsync("91-notes-limit");
    }

    private static async Task UpgradeAsync(Visitor ann)
    {
        var page = ann.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "See plans" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "One seat more" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Pro" }).GetByText("$16.00")).ToBeVisibleAsync();
        await ann.SeesAsync("92-notes-plans");
        await page.GetByRole(AriaRole.Button, new() { Name = "Upgrade to Pro" }).ClickAsync();
        await ann.PayAsync("4242 4242 4242 4242");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You're on Pro" })).ToBeVisibleAsync();
        await ann.SeesAsync("93-notes-on-pro");
    }

    private static async Task WriteOnAsync(Visitor ann, Visitor bob)
    {
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Write a note" }).ClickAsync();
        await AddAsync(ann.Page, "The fourth");
        await Expect(ann.Page.Locator("#notes li")).ToHaveCountAsync(4);
        await SearchAsync(ann.Page, "milk");
        await Expect(ann.Page.Locator("#notes li")).ToHaveCountAsync(1);

        await SignInAsync(bob, "bob@acme.test");
        await Expect(bob.Page.Locator("#notes li")).ToHaveCountAsync(4);
    }

    private static async Task AddASeatAsync(Visitor ann)
    {
        var page = ann.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();
        var summary = page.Locator("tg-billing-summary");
        await Expect(summary).ToContainTextAsync(Seats(2));
        var seats = page.Locator("tg-seat-change");
        await seats.GetByRole(AriaRole.Button, new() { Name = "One seat more" }).ClickAsync();
        await seats.GetByRole(AriaRole.Button, new() { Name = "Preview the change" }).ClickAsync();
        await seats.GetByRole(AriaRole.Button, new() { NameRegex = Confirm() }).ClickAsync();
        await Expect(summary).ToContainTextAsync(Seats(3));
        await ann.SeesAsync("94-notes-billing");
    }

    private static async Task CancelAsync(Visitor ann)
    {
        var page = ann.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage subscription" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel plan" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel plan" }).ClickAsync();
        await Expect(page.GetByText("Ends on")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Return to the seller" }).ClickAsync();
        await Expect(page.Locator("tg-billing-summary")).ToContainTextAsync("and does not renew.");
        await ann.SeesAsync("95-notes-canceled");
    }

    private static async Task AddAsync(IPage page, string text)
    {
        await page.GetByLabel("A note").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
    }

    private static async Task SearchAsync(IPage page, string text)
    {
        await page.GetByLabel("Search").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
    }

    private static Regex Seats(int count) => new($@"Seats\s+{count}\s", RegexOptions.None, TimeSpan.FromSeconds(10));

    [GeneratedRegex("^Confirm", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Confirm();
}
