using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Tollgate.Http;

/// <summary>What the API's document says of an endpoint, Tollgate's or the host's; it is its metadata.</summary>
/// <param name="Id">What generated clients call it. Never renamed.</param>
public sealed record ApiOperation(string Id, string Summary)
{
    /// <summary>Of the query, the headers, and of the path where one is more than an id.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What is to be sent; null for nothing.</summary>
    public ApiBody? Request { get; init; }

    /// <summary>Of the answer when all went well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What <see cref="Status"/> answers: one of these; nothing when empty.</summary>
    public IReadOnlyList<ApiBody> Answers { get; init; } = [];

    /// <summary>One of each code; it is the example too, so that no example is invented.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>Statuses that come without a body.</summary>
    public IReadOnlyList<(int Status, string When)> Bare { get; init; } = [];

    /// <summary>Stripe's signature is the proof of its caller, who signs in nowhere.</summary>
    internal bool IsSigned { get; init; }
}

/// <summary>A parameter of an endpoint.</summary>
/// <param name="In"><c>query</c>, <c>header</c>, or <c>path</c>, which is read from the route as well.</param>
public sealed record ApiParameter(string In, string Name, string Meaning, bool IsRequired = false);

/// <summary>A body's type, and an example of it as the serializer writes it.</summary>
public sealed record ApiBody(Type Type, JsonNode? Example, string MediaType = ApiBody.Json)
{
    internal const string Json = "application/json";

    /// <summary>What <see cref="BillingJson"/> reads or writes.</summary>
    public static ApiBody Of<T>(T example) => new(typeof(T), BillingJson.ToNode(example));
}

/// <summary>How an endpoint says what it is.</summary>
public static class ApiOperationExtensions
{
    /// <summary>Puts the endpoint into the document of <c>MapTollgateApiDocument</c>.</summary>
    public static TBuilder DescribedBy<TBuilder>(this TBuilder endpoint, ApiOperation operation)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(operation);
}
