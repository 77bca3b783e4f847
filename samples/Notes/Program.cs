using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Notes;
using Tollgate;
using Tollgate.Accounts;
using Tollgate.Commands;
using Tollgate.Hosting;
using Tollgate.Http;
using Tollgate.Startup;
using Tollgate.Status;

var builder = HostStart.CreateBuilder(args, "http://localhost:8020");
builder.AddTollgateDevelopment(Plans.Catalog, new("notes", SandboxPort: 12113, SignIn: "any e-mail address"));
builder.Services.AddTollgate(Plans.Catalog);
builder.Services.AddTollgateCommands();
builder.Services.AddSingleton<Team>();
builder.Services.AddSingleton<IAccountDirectory, Teams>();
builder.Services.AddStartupStep<Tables>();
builder.Services.AddAuthentication("cookie").AddCookie("cookie");
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseHostPages(
    "/sign-in",
    [
        new("/", "notes.html"),
        new("/sign-in", "sign-in.html") { IsOpen = true },
        new("/billing/upgrade", "plans.html"),
        new("/billing/success", "success.html"),
        new("/settings/billing", "billing.html"),
    ]
);
app.UseRequestChecks();

// a sample: who says an address is believed, and the first one of a domain is its team's administrator
app.MapPost(
    "/api/sign-in",
    async (HttpContext http, Credentials who, Team team) =>
    {
        var email = who.Email.Trim().ToLowerInvariant();
        await team.JoinAsync(email);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, email), new(ClaimTypes.Email, email)], "cookie");
        await http.SignInAsync(new ClaimsPrincipal(identity));
    }
);
app.MapPost("/api/sign-out", (HttpContext http) => http.SignOutAsync());

var notes = app.MapGroup("/api/notes").RequireAuthorization();
notes.MapGet("", (Team team, ClaimsPrincipal me) => team.NotesAsync(me));
notes.MapPost("", (Team team, ClaimsPrincipal me, Note note) => team.AddAsync(me, note.Text)).Metered("note");
notes.MapGet("search", (Team team, ClaimsPrincipal me, string q) => team.NotesAsync(me, q)).RequireFeature("search");

app.MapTollgate();
app.MapTollgateWebhook();
app.MapTollgateHealth();
app.MapTollgateDevelopment();
return await app.RunTollgateAsync();

internal sealed record Credentials(string Email);

internal sealed record Note(string Text);
