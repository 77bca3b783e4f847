using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>A request to the API as it was read.</summary>
/// <param name="Id">What the header <c>Request-Id</c> of its answer says.</param>
internal sealed record ApiRequest(string Method, string Path, FormNode Form, string Id);

/// <summary>What goes wrong with one request, if anything does.</summary>
internal interface IRequestFault
{
    /// <summary>True if the caller is to get no answer but a lost connection.</summary>
    bool LosesAnswer { get; }

    /// <summary>Waits, and refuses where the request is not to be run at all.</summary>
    /// <exception cref="StripeException">The refusal.</exception>
    Task BeforeAsync(CancellationToken cancellationToken);

    /// <summary>Runs the request on the loop, or what stands for it.</summary>
    (int Status, JsonObject Body) Run(Transaction tx, Func<Transaction, (int Status, JsonObject Body)> execute);

    /// <summary>An answer that never comes: waits until the caller or the Sandbox is gone.</summary>
    Task HoldAnswerAsync(CancellationToken cancellationToken);
}
