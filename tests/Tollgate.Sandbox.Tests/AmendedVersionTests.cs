using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Events;
using Tollgate.Sandbox.Server;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Tests;

/// <summary>A version whose nodes become the next one can be put back, and nobody else sees it change.</summary>
public sealed class AmendedVersionTests
{
    private readonly SandboxState state = StoredKinds.NewState("http://127.0.0.1");

    public AmendedVersionTests() => state.Put(Customer("Ada"));

    [Fact]
    public void Refused_command_takes_back_what_it_amended()
    {
        var tx = NewTransaction();
        var amended = tx.Amend(Stored, change => change["name"] = "Bob");
        tx.Amend(amended, change => change["name"] = "Cleo");
        Assert.Same(amended, Stored);
        Assert.Equal("Cleo", Stored.Text("name"));
        tx.Rollback();
        Assert.Equal("Ada", Stored.Text("name"));
    }

    [Fact]
    public void Amendment_that_throws_leaves_the_version_as_it_was()
    {
        Assert.Throws<InvalidOperationException>(() =>
            NewTransaction()
                .Amend(
                    Stored,
                    change =>
                    {
                        change["name"] = "Bob";
                        throw new InvalidOperationException();
                    }
                )
        );
        Assert.Equal("Ada", Stored.Text("name"));
    }

    [Fact]
    public void Preview_leaves_the_nodes_of_others_alone()
    {
        var held = Stored;
        NewTransaction().Undone(scratch => scratch.Amend(held, change => change["name"] = "Bob"));
        Assert.Equal("Ada", held.Text("name"));
        Assert.Same(held, Stored);
    }

    [Fact]
    public void Version_that_is_stored_no_more_is_copied()
    {
        var former = Stored;
        var tx = NewTransaction();
        tx.Change(former, change => change["name"] = "Bob");
        Assert.Equal("Cleo", tx.Amend(former, change => change["name"] = "Cleo").Text("name"));
        Assert.Equal("Ada", former.Text("name"));
    }

    [Fact]
    public void Event_after_an_amendment_shows_it()
    {
        var tx = NewTransaction();
        tx.Emit("customer.updated", Stored);
        tx.Emit("customer.updated", tx.Amend(Stored, change => change["name"] = "Bob"));
        Assert.Equal(
            ["Ada", "Bob"],
            NewEvents.Of(tx).Events.Select(id => tx.Get("event", id).Child("data").Child("object").Text("name"))
        );
    }

    private JsonObject Stored => state.Find("customer", "cus_1")!;

    private static JsonObject Customer(string name) =>
        new()
        {
            ["id"] = "cus_1",
            ["object"] = "customer",
            ["name"] = name,
        };

    private Transaction NewTransaction() => new(state, new SandboxOptions(), now: 1_790_000_000, origin: null);
}
