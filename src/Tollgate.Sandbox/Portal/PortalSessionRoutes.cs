using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Portal;

/// <summary><c>POST /v1/billing_portal/sessions</c>: a link to the customer's own page, or to one task of it.</summary>
internal static class PortalSessionRoutes
{
    public const string Kind = "billing_portal.session";

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/billing_portal/sessions",
            Create,
            Param.Text("customer").Required(),
            Param.Text("configuration"),
            PortalFlow.Parameter,
            Param.OneOf("locale", "auto", "en"),
            Param.Text("return_url")
        ),
    ];

    private static Answer Create(Call call)
    {
        var (tx, input) = (call.Tx, call.Input);
        var customer = tx.Get("customer", input.Text("customer"), "customer");
        var configuration = Configuration(tx, input.TextOrNull("configuration"));
        var returnUrl = input.TextOrNull("return_url") ?? configuration.TextOrNull("default_return_url");
        if (returnUrl is not null)
        {
            RequireUrl(returnUrl, "return_url");
        }

        var id = Transaction.NewId("bps");
        var session = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            ["configuration"] = configuration.Id(),
            ["created"] = tx.SandboxNow,
            ["customer"] = customer.Id(),
            ["customer_account"] = null,
            ["flow"] = null,
            ["livemode"] = false,
            ["locale"] = input.TextOrNull("locale"),
            ["on_behalf_of"] = null,
            ["return_url"] = returnUrl,
            ["url"] = $"{call.BaseUrl}/p/session/{id}",
            ["_usable_until"] = tx.SandboxNow + PortalVisit.UnopenedSeconds,
        };
        session["flow"] = PortalFlow.Read(tx, input, new PortalVisit(session, configuration, customer));
        return Answer.Ok(tx.Add(session, "billing_portal.session.created"));
    }

    /// <exception cref="StripeException">It is not an absolute URL of the web.</exception>
    public static string RequireUrl(string url, string parameter) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https")
            ? url
            : throw StripeException.Invalid("Not a valid URL", parameter, "url_invalid");

    private static JsonObject Configuration(Transaction tx, string? id)
    {
        const string kind = "billing_portal.configuration";
        if (id is null)
        {
            return tx.NewestFirst(kind).FirstOrDefault(candidate => candidate.Flag("is_default"))
                ?? throw StripeException.Invalid(
                    "No configuration provided and your test mode default configuration has not been created. Provide "
                        + "a configuration or create your default by POST /v1/billing_portal/configurations."
                );
        }

        var configuration = tx.Get(kind, id, "configuration");
        return configuration.Flag("active")
            ? configuration
            : throw StripeException.Invalid("The portal configuration is not active.", "configuration");
    }
}
