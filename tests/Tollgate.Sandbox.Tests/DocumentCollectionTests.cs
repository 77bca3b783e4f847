using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Server;

namespace Tollgate.Sandbox.Tests;

/// <summary>Documents of one kind: their order, their indexes, their rest.</summary>
public sealed class DocumentCollectionTests
{
    private static readonly IndexKey OfAda = new("customer", "cus_ada");
    private readonly DocumentCollection invoices = new(StoredKinds.All.IndexesOf("invoice"));

    [Fact]
    public void Index_walks_only_what_has_the_key()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Put($"in_{number}", number % 100 == 0 ? "cus_ada" : "cus_bob");
        }

        Assert.Equal(10, invoices.Count(OfAda));
        Assert.Equal(["in_900", "in_800"], invoices.NewestFirst(OfAda).Take(2).Select(document => document.Id()));
        Assert.Equal(["in_400"], invoices.NewestFirst(OfAda, "in_450").Take(1).Select(document => document.Id()));
        Assert.Equal(["in_500"], invoices.OldestFirst(OfAda, "in_400").Take(1).Select(document => document.Id()));
    }

    [Fact]
    public void Change_of_a_key_moves_the_document_and_its_undoing_moves_it_back()
    {
        Put("in_1", "cus_ada");
        var change = Put("in_1", "cus_bob");
        Assert.Empty(invoices.NewestFirst(OfAda));
        change.Undo();
        Assert.Equal(["in_1"], invoices.NewestFirst(OfAda).Select(document => document.Id()));
        var removal = invoices.Remove("in_1")!;
        Assert.Empty(invoices.NewestFirst(OfAda));
        Assert.Equal(0, invoices.Count(OfAda));
        removal.Undo();
        Assert.Equal(1, invoices.Count(OfAda));
    }

    [Fact]
    public void Undone_creation_leaves_no_key()
    {
        Put("in_1", "cus_ada").Undo();
        Assert.Equal(0, invoices.Count(OfAda));
        Assert.Empty(invoices.NewestFirst());
    }

    [Fact]
    public void Document_is_the_same_after_its_rest()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Put($"in_{number}", "cus_ada");
        }

        var first = invoices.Find("in_0")!;
        Assert.Equal("é☃ <b>", first.Text("note"));
        Assert.Equal(1_000, invoices.OldestFirst().Count());
    }

    [Fact]
    public void Only_the_newest_versions_are_kept_as_nodes()
    {
        var (first, last) = (Invoice("in_first", "cus_ada"), Invoice("in_last", "cus_ada"));
        invoices.Put("in_first", first);
        for (var number = 0; number < 100; number++)
        {
            Put("in_changed", "cus_ada");
        }

        invoices.Put("in_last", last);
        Assert.NotSame(first, invoices.Find("in_first"));
        Assert.Same(last, invoices.Find("in_last"));
        // Once it is read it stays awake for a while.
        Assert.Same(invoices.Find("in_first"), invoices.Find("in_first"));
    }

    private Replacement Put(string id, string customer) => invoices.Put(id, Invoice(id, customer));

    private static JsonObject Invoice(string id, string customer) =>
        new()
        {
            ["id"] = id,
            ["object"] = "invoice",
            ["customer"] = customer,
            ["status"] = "paid",
            ["note"] = "é☃ <b>",
        };
}
