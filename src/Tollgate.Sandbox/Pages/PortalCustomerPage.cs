using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Portal;
using static Tollgate.Sandbox.Pages.PageLayout;

namespace Tollgate.Sandbox.Pages;

/// <summary>The Portal's billing information: shown, and changed where the configuration allows it.</summary>
internal static class PortalCustomerPage
{
    private static readonly (string Name, string Label, string Autocomplete)[] Address =
    [
        ("line1", "Address", "address-line1"),
        ("line2", "Address, second line", "address-line2"),
        ("postal_code", "Postal code", "postal-code"),
        ("city", "City", "address-level2"),
        ("state", "State", "address-level1"),
        ("country", "Country, two letters", "country"),
    ];

    public static string Html(Transaction _, PortalVisit visit, string nonce)
    {
        visit.Require(PortalCustomer.Feature);
        return PageLayout.Html(
            "Billing information",
            $"""
            <main class="board portal">
              <header class="head">{Mark}{PortalPage.BackToBilling(visit)}<h1>Billing information</h1></header>
              <form class="card stack" method="post" action="{visit.Path}/customer">
                {Fields(visit)}
                <p class="row"><button>Save</button>{PortalPage.Leave(visit, "Cancel")}</p>
              </form>
            </main>
            """,
            nonce
        );
    }

    /// <summary>What is known, on the first page.</summary>
    public static string Summary(PortalVisit visit)
    {
        var customer = visit.Customer;
        var address = customer.ChildOrNull("address");
        var lines = ((string[])["name", "email", "phone"])
            .Select(customer.TextOrNull)
            .Concat(Address.Select(part => address?.TextOrNull(part.Name)))
            .Where(text => text is not null)
            .Select(text => Encode(text));
        return $"""
            <p>{string.Join("<br>", lines)}</p>
            <p><a class="btn quiet" href="{visit.Path}/customer">Update information</a></p>
            """;
    }

    private static string Fields(PortalVisit visit)
    {
        var customer = visit.Customer;
        var fields = new List<string>();
        if (PortalCustomer.Allows(visit, "name"))
        {
            fields.Add(Field("name", "Name", "name", customer.TextOrNull("name")));
        }

        if (PortalCustomer.Allows(visit, "email"))
        {
            fields.Add(Field("email", "E-mail", "email", customer.TextOrNull("email"), "type=\"email\" required"));
        }

        if (PortalCustomer.Allows(visit, "phone"))
        {
            fields.Add(Field("phone", "Phone", "tel", customer.TextOrNull("phone"), "type=\"tel\""));
        }

        if (PortalCustomer.Allows(visit, "address"))
        {
            var address = customer.ChildOrNull("address");
            fields.AddRange(
                Address.Select(part =>
                    Field($"address[{part.Name}]", part.Label, part.Autocomplete, address?.TextOrNull(part.Name))
                )
            );
        }

        return string.Concat(fields);
    }

    private static string Field(string name, string label, string autocomplete, string? value, string more = "") =>
        $"""
            <div class="field"><label for="{name}">{label}</label>
              <input id="{name}" name="{name}" autocomplete="{autocomplete}" value="{Encode(value)}" {more}></div>
            """;
}
