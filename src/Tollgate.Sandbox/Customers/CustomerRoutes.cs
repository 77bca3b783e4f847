using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Tollgate.Sandbox.Discounts;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Payments;
using Tollgate.Sandbox.TestClocks;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Customers;

/// <summary><c>/v1/customers</c>.</summary>
internal static class CustomerRoutes
{
    private const string Kind = "customer";

    private static readonly Param[] Common =
    [
        Param.Address("address"),
        Param.Int("balance", min: -99_999_999_999),
        Param.Text("description"),
        Param.Text("email"),
        Param.Group("invoice_settings", Param.Text("default_payment_method"), Param.Text("footer")),
        Param.Map("metadata"),
        Param.Text("name"),
        Param.Text("phone"),
        Param.Texts("preferred_locales"),
        Param.Group("shipping", Param.Address("address"), Param.Text("name"), Param.Text("phone")),
        Param.Text("source"),
        Param.OneOf("tax_exempt", "none", "exempt", "reverse"),
    ];

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/customers",
            Create,
            [
                Param.Text("payment_method"),
                Param.Text("test_clock"),
                TaxIdRoutes.OfNewCustomer,
                .. CustomerDiscount.Parameters,
                .. Common,
            ]
        ),
        Route.List("/v1/customers", List, Param.Text("email"), Param.Text("test_clock"), Param.Range("created")),
        Route.Get("/v1/customers/{id}", call => Answer.Ok(Retrieve(call))),
        Route.Post("/v1/customers/{id}", Update, [.. CustomerDiscount.Parameters, .. Common]),
        Route.Delete("/v1/customers/{id}", call => Answer.Ok(DeleteCustomer.Run(call.Tx, call.Tx.Get(Kind, call.Id)))),
    ];

    /// <summary>A new customer. Checkout creates customers too.</summary>
    public static JsonObject Add(Transaction tx, JsonObject input)
    {
        var id = Transaction.NewId("cus");
        var customer = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            ["address"] = null,
            ["balance"] = 0,
            ["created"] = tx.Now,
            ["currency"] = null,
            ["default_source"] = null,
            ["delinquent"] = false,
            ["description"] = null,
            ["email"] = null,
            ["invoice_prefix"] = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8),
            ["invoice_settings"] = new JsonObject
            {
                ["custom_fields"] = null,
                ["default_payment_method"] = null,
                ["footer"] = null,
                ["rendering_options"] = null,
            },
            ["livemode"] = false,
            ["metadata"] = new JsonObject(),
            ["name"] = null,
            ["next_invoice_sequence"] = 1,
            ["phone"] = null,
            ["preferred_locales"] = new JsonArray(),
            ["shipping"] = null,
            ["tax_exempt"] = "none",
            ["test_clock"] = input.TextOrNull("test_clock"),
        };
        Apply(customer, input);
        customer["balance"] = input.IntOrNull("balance") ?? 0;
        return tx.Add(customer, "customer.created");
    }

    /// <summary>Changes what is given. The Portal does too.</summary>
    public static JsonObject Change(Transaction tx, JsonObject customer, JsonObject input) =>
        tx.Change(customer, change => Apply(change, input), "customer.updated");

    private static Answer Create(Call call)
    {
        var tx = call.Tx;
        var method = call.Input.TextOrNull("payment_method") ?? call.Input.TextOrNull("source");
        var settings = call.Input.ChildOrNull("invoice_settings");
        var byDefault = settings?.TextOrNull("default_payment_method");
        settings?.Remove("default_payment_method");
        if (call.Input.TextOrNull("test_clock") is { } clock)
        {
            TestClockLimits.RequireRoomForCustomer(tx, clock);
        }

        var customer = CustomerDiscount.Apply(tx, Add(tx, call.Input), call.Input);
        foreach (var taxId in call.Input.Each("tax_id_data"))
        {
            TaxIdRoutes.Add(tx, customer.Id(), taxId.Text("type"), taxId.Text("value"));
        }

        var attached = method is null ? null : AttachPaymentMethod.Run(tx, method, customer.Id(), "payment_method");
        if (byDefault is not null)
        {
            // A test card's name (pm_card_visa) stands for the copy of it that was just attached.
            var chosen =
                attached is not null && byDefault == method
                    ? attached.Id()
                    : RequireAttached(tx, byDefault, customer.Id());
            customer = SetDefault(tx, customer, chosen);
        }
        else if (call.Input.TextOrNull("source") is not null)
        {
            customer = SetDefault(tx, customer, attached!.Id());
        }

        return Answer.Ok(customer);
    }

    private static JsonObject Retrieve(Call call)
    {
        // A deleted customer can still be retrieved, as a stub.
        var customer = call.Tx.Find(Kind, call.Id) ?? throw StripeException.NoSuch(Kind, call.Id, parameter: null);
        return customer.Flag("deleted") ? Deleted.Of(customer) : customer;
    }

    private static Answer Update(Call call)
    {
        var tx = call.Tx;
        var customer = tx.Get(Kind, call.Id);
        if (call.Input.ChildOrNull("invoice_settings")?.TextOrNull("default_payment_method") is { } byDefault)
        {
            call.Input.Child("invoice_settings")["default_payment_method"] = RequireAttached(tx, byDefault, call.Id);
        }

        if (call.Input.TextOrNull("source") is { } source)
        {
            var attached = AttachPaymentMethod.Run(tx, source, call.Id, "source");
            customer = SetDefault(tx, customer, attached.Id());
        }

        if (call.Input.IntOrNull("balance") is { } balance)
        {
            customer = CustomerBalance.Set(tx, customer, balance);
        }

        customer = CustomerDiscount.Apply(tx, customer, call.Input);
        return Answer.Ok(Change(tx, customer, call.Input));
    }

    private static Answer List(Call call)
    {
        var email = call.Input.TextOrNull("email");
        var clock = call.Input.TextOrNull("test_clock");
        return ListPage.Of(
            call,
            Kind,
            customer =>
                (email is null || customer.TextOrNull("email") == email)
                // Without the filter Stripe leaves out who lives by a test clock.
                && customer.TextOrNull("test_clock") == clock
                && ListPage.InRange(customer, call.Input, "created")
        );
    }

    private static JsonObject SetDefault(Transaction tx, JsonObject customer, string paymentMethod) =>
        tx.Change(
            customer,
            change => change.Child("invoice_settings")["default_payment_method"] = paymentMethod,
            "customer.updated"
        );

    private static string RequireAttached(Transaction tx, string id, string customer)
    {
        const string parameter = "invoice_settings[default_payment_method]";
        var method = tx.Get("payment_method", id, parameter);
        return method.TextOrNull("customer") == customer
            ? id
            : throw StripeException.Invalid(
                $"The customer does not have a payment method with the ID {id}. The payment method must be attached "
                    + "to the customer.",
                parameter,
                "resource_missing"
            );
    }

    private static void Apply(JsonObject customer, JsonObject input)
    {
        Metadata.CopyGiven(
            customer,
            input,
            "address",
            "description",
            "email",
            "name",
            "phone",
            "preferred_locales",
            "shipping",
            "tax_exempt"
        );
        if (customer["address"] is JsonObject address)
        {
            Fill(address, "city", "country", "line1", "line2", "postal_code", "state");
        }

        if (customer["shipping"] is JsonObject { } shipping && shipping["address"] is JsonObject shippingAddress)
        {
            Fill(shippingAddress, "city", "country", "line1", "line2", "postal_code", "state");
        }

        if (input.ChildOrNull("invoice_settings") is { } settings)
        {
            Metadata.CopyGiven(customer.Child("invoice_settings"), settings, "default_payment_method", "footer");
        }

        Metadata.Apply(customer, input);
    }

    private static void Fill(JsonObject document, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            document.TryAdd(name, value: null);
        }
    }
}
