using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Tollgate;

/// <summary>What the API's document says of an endpoint; it is metadata of the endpoint.</summary>
/// <param name="Id">What generated clients call it. Never renamed.</param>
internal sealed record ApiOperation(string Id, string Summary)
{
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public ApiBody? Request { get; init; }

    /// <summary>What 200 answers: one of these; nothing when empty.</summary>
    public IReadOnlyList<ApiBody> Answers { get; init; } = [];

    /// <summary>One of each code; it is the example too, so that no example is invented.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>Statuses that come without a body.</summary>
    public IReadOnlyList<(int Status, string When)> Bare { get; init; } = [];
}

/// <param name="In"><c>query</c> or <c>header</c>; those of the path are read from the route.</param>
internal sealed record ApiParameter(string In, string Name, string Meaning, bool IsRequired = false);

/// <summary>A body's type, and an example of it as the serializer writes it.</summary>
internal sealed record ApiBody(Type Type, JsonNode? Example, string MediaType = ApiBody.Json)
{
    public const string Json = "application/json";

    public static ApiBody Of<T>(T example) => new(typeof(T), BillingJson.ToNode(example));
}

internal static class ApiOperationExtensions
{
    public static TBuilder DescribedBy<TBuilder>(this TBuilder endpoint, ApiOperation operation)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(operation);
}
