using System.Reflection;

namespace Tollgate.Sandbox.Pages;

/// <summary>Style and scripts of the pages, embedded in the assembly and written into each page.</summary>
internal static class Assets
{
    public static readonly string Style =
        Read("sandbox.css") + Read("checkout.css") + Read("portal.css") + Read("dashboard.css");
    public static readonly string CheckoutScript = Read("card.js") + Read("checkout.js");

    /// <summary>The card form alone, on pages with nothing to count.</summary>
    public static readonly string CardScript = CardForm("");

    /// <summary>The same; an invoice that was settled meanwhile is shown anew.</summary>
    public static readonly string InvoiceScript = CardForm(Invoices.HostedInvoice.NotOpen);

    private static string CardForm(string reloadOn) =>
        Read("card.js") + $"cardForm({{ fields: ['number', 'expiry', 'cvc', 'name'], reloadOn: '{reloadOn}' }});";

    private static string Read(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"Tollgate.Sandbox.Pages.{name}")
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
