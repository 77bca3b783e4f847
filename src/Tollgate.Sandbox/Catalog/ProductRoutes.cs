using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Catalog;

/// <summary><c>/v1/products</c>.</summary>
internal static class ProductRoutes
{
    private const string Kind = "product";

    private static readonly Param[] Common =
    [
        Param.Flag("active"),
        Param.Text("description"),
        Param.Texts("images"),
        Param.Each("marketing_features", Param.Text("name").Required()),
        Param.Map("metadata"),
        Param.Flag("shippable"),
        Param.Text("statement_descriptor"),
        Param.Text("tax_code"),
        Param.Text("unit_label"),
        Param.Text("url"),
    ];

    private static readonly Param DefaultPriceData = Param.Group(
        "default_price_data",
        Param.Currency("currency").Required(),
        Param.Int("unit_amount", min: 0),
        Param.Decimal("unit_amount_decimal"),
        Param.Map("metadata"),
        PriceRoutes.Recurring
    );

    public static readonly Route[] All =
    [
        Route.Post(
            "/v1/products",
            Create,
            [
                Param.Text("id"),
                Param.Text("name").Required(),
                Param.OneOf("type", "good", "service"),
                DefaultPriceData,
                .. Common,
            ]
        ),
        Route.List("/v1/products", List, Param.Flag("active"), Param.Texts("ids"), Param.Range("created")),
        Route.Get("/v1/products/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        Route.Post("/v1/products/{id}", Update, [Param.Text("name"), Param.Text("default_price"), .. Common]),
        Route.Delete("/v1/products/{id}", Delete),
    ];

    public static JsonObject Add(Transaction tx, JsonObject input)
    {
        var id = input.TextOrNull("id") ?? Transaction.NewId("prod");
        if (tx.Find(Kind, id) is not null)
        {
            throw StripeException.Invalid("Product already exists.", "id", "resource_already_exists");
        }

        var product = new JsonObject
        {
            ["id"] = id,
            ["object"] = Kind,
            ["active"] = true,
            ["created"] = tx.Now,
            ["default_price"] = null,
            ["description"] = null,
            ["images"] = new JsonArray(),
            ["livemode"] = false,
            ["marketing_features"] = new JsonArray(),
            ["metadata"] = new JsonObject(),
            ["name"] = input.Text("name"),
            ["package_dimensions"] = null,
            ["shippable"] = null,
            ["statement_descriptor"] = null,
            ["tax_code"] = null,
            ["tax_details"] = null,
            ["type"] = input.TextOrNull("type") ?? "service",
            ["unit_label"] = null,
            ["updated"] = tx.Now,
            ["url"] = null,
        };
        Apply(product, input);
        return tx.Add(product, "product.created");
    }

    private static Answer Create(Call call)
    {
        var product = Add(call.Tx, call.Input);
        if (call.Input.ChildOrNull("default_price_data") is { } priceData)
        {
            var priceInput = priceData.Copy();
            priceInput["product"] = product.Id();
            var price = PriceRoutes.Add(call.Tx, priceInput);
            product = call.Tx.Change(product, change => change["default_price"] = price.Id(), "product.updated");
        }

        return Answer.Ok(product);
    }

    private static Answer Update(Call call)
    {
        if (call.Input.TextOrNull("default_price") is { } price)
        {
            call.Tx.Get("price", price, "default_price");
        }

        var product = call.Tx.Get(Kind, call.Id);
        var after = call.Tx.Change(
            product,
            change =>
            {
                Apply(change, call.Input);
                Metadata.CopyGiven(change, call.Input, "default_price");
                change["name"] = call.Input.TextOrNull("name") ?? change.Text("name");
                change["updated"] = call.Tx.Now;
            },
            "product.updated"
        );
        return Answer.Ok(after);
    }

    private static Answer List(Call call)
    {
        var active = call.Input.FlagOrNull("active");
        var ids = call.Input.Texts("ids").ToHashSet(StringComparer.Ordinal);
        return ListPage.Of(
            call,
            Kind,
            product =>
                (active is null || product.Flag("active") == active)
                && (ids.Count == 0 || ids.Contains(product.Id()))
                && ListPage.InRange(product, call.Input, "created")
        );
    }

    private static Answer Delete(Call call)
    {
        var product = call.Tx.Get(Kind, call.Id);
        if (call.Tx.With("price", "product", call.Id).Any())
        {
            throw StripeException.Invalid(
                "This product cannot be deleted because it has one or more user-created prices."
            );
        }

        call.Tx.Remove(product);
        call.Tx.Emit("product.deleted", product);
        return Answer.Ok(Deleted.Of(product));
    }

    private static void Apply(JsonObject product, JsonObject input)
    {
        Metadata.CopyGiven(
            product,
            input,
            "description",
            "images",
            "marketing_features",
            "shippable",
            "statement_descriptor",
            "tax_code",
            "unit_label",
            "url"
        );
        product["active"] = input.FlagOrNull("active") ?? product.Flag("active");
        Metadata.Apply(product, input);
    }
}
