using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;

namespace Tollgate.Sandbox.Wire;

/// <summary>A member that is absent unless <c>expand[]</c> asks for it.</summary>
/// <param name="Kind">Of the objects that have it.</param>
internal sealed record ExpandedMember(string Kind, string Name, Func<Transaction, JsonObject, JsonNode?> Compute);

/// <summary>The transaction of a request, by the clock of what the request is about.</summary>
internal delegate Transaction RequestClock(Transaction tx, IReadOnlyList<string> ids, JsonObject input);

/// <summary>What the API consists of, as far as the wire does not know it by itself.</summary>
internal sealed record ApiSurface(RouteTable Routes, Expansion Expansion, RequestClock Clock);
