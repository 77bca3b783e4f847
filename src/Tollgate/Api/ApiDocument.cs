using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Tollgate.Http;

namespace Tollgate.Api;

/// <summary>
/// The API as an OpenAPI 3.1 document, from what the endpoints say of themselves. Pure: the same endpoints make the
/// same text.
/// </summary>
internal static class ApiDocument
{
    private const string Description = "description";
    private const string Schema = "schema";
    private const string ProblemType = "application/problem+json";

    public static JsonObject Of(IEnumerable<Endpoint> endpoints, ApiAbout about)
    {
        var described =
            from endpoint in endpoints.OfType<RouteEndpoint>()
            let operation = endpoint.Metadata.GetMetadata<ApiOperation>()
            where operation is not null
            from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            select (Path: PathOf(endpoint.RoutePattern), Method: method.ToLowerInvariant(), endpoint, operation);
        var paths = new JsonObject();
        foreach (var path in described.GroupBy(one => one.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(
                path.OrderBy(one => one.Method, StringComparer.Ordinal)
                    .Select(one =>
                        KeyValuePair.Create<string, JsonNode?>(one.Method, Describe(one.endpoint, one.operation, about))
                    )
            );
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = about.Title,
                [Description] = about.Description,
                ["version"] = "1",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { ["Problem"] = Problem() },
                ["responses"] = new JsonObject(
                    ByStatus(about.IsWhole ? [] : BillingDescriptions.OfHosts)
                        .Select(one => KeyValuePair.Create($"host_{one.Key}", one.Value))
                ),
                ["securitySchemes"] = ApiSecurity.Schemes(about),
            },
        };
    }

    // as OpenAPI writes it: without constraints, and without the slash at the end that a group's own endpoint has
    internal static string PathOf(RoutePattern route) =>
        string.Concat(
            route.PathSegments.Select(segment =>
                '/'
                + string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternSeparatorPart separator => separator.Content,
                            _ => throw new InvalidOperationException($"A path has a part of {part.PartKind}."),
                        }
                    )
                )
            )
        );

    private static JsonObject Describe(RouteEndpoint endpoint, ApiOperation operation, ApiAbout about)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["security"] = ApiSecurity.Of(endpoint, operation, about),
        };
        var parameters = operation
            .Parameters.UnionBy(
                endpoint.RoutePattern.Parameters.Select(part => new ApiParameter("path", part.Name, "Its id.", true)),
                parameter => parameter.Name
            )
            .Select(Describe)
            .ToArray<JsonNode?>();
        if (parameters.Length > 0)
        {
            described["parameters"] = new JsonArray(parameters);
        }

        if (operation.Request is { } request)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content([request], ApiSchemas.OfRequest),
            };
        }

        described["responses"] = Responses(endpoint, operation);
        return described;
    }

    private static JsonNode Describe(ApiParameter parameter) =>
        new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            [Description] = parameter.Meaning,
            ["required"] = parameter.IsRequired,
            [Schema] = new JsonObject { ["type"] = "string" },
        };

    private static JsonObject Responses(RouteEndpoint endpoint, ApiOperation operation)
    {
        var done = new JsonObject { [Description] = "Done." };
        if (operation.Answers.Count > 0)
        {
            done["content"] = Content(operation.Answers, ApiSchemas.OfAnswer);
        }

        var responses = ByStatus(operation.Refusals).ToDictionary();
        responses[Text(operation.Status)] = done;
        var bare = operation.Bare.AsEnumerable();
        if (endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            bare = bare.Append((401, "Nobody is signed in.")).Append((403, "The caller may not."));
        }

        foreach (var (status, when) in bare)
        {
            responses.TryAdd(Text(status), new JsonObject { [Description] = when });
        }

        return new JsonObject(responses.OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    private static JsonObject Content(IReadOnlyList<ApiBody> bodies, Func<Type, JsonNode> schemaOf) =>
        new(
            bodies
                .GroupBy(body => body.MediaType)
                .Select(group =>
                    KeyValuePair.Create<string, JsonNode?>(
                        group.Key,
                        new JsonObject
                        {
                            [Schema] = AnyOf([.. group.Select(body => schemaOf(body.Type))]),
                            ["examples"] = new JsonObject(
                                group
                                    .Index()
                                    .Select(one =>
                                        KeyValuePair.Create<string, JsonNode?>(
                                            Text(one.Index + 1),
                                            new JsonObject { ["value"] = one.Item.Example?.DeepClone() }
                                        )
                                    )
                            ),
                        }
                    )
                )
        );

    private static JsonNode AnyOf(JsonNode[] schemas) =>
        schemas is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray(schemas) };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> ByStatus(IEnumerable<Refusal> refusals) =>
        refusals
            .GroupBy(refusal => refusal.HttpStatus)
            .OrderBy(group => group.Key)
            .Select(group => KeyValuePair.Create<string, JsonNode?>(Text(group.Key), Refused([.. group])));

    private static JsonObject Refused(IReadOnlyList<Refusal> refusals) =>
        new()
        {
            [Description] = string.Join(" ", refusals.Select(refusal => refusal.Title).Distinct()),
            ["content"] = new JsonObject
            {
                [ProblemType] = new JsonObject
                {
                    [Schema] = new JsonObject
                    {
                        ["$ref"] = "#/components/schemas/Problem",
                        ["properties"] = new JsonObject
                        {
                            ["code"] = new JsonObject
                            {
                                ["enum"] = new JsonArray([.. refusals.Select(one => JsonValue.Create(one.Code))]),
                            },
                        },
                    },
                    ["examples"] = new JsonObject(
                        refusals.Select(one =>
                            KeyValuePair.Create<string, JsonNode?>(
                                one.Code,
                                new JsonObject
                                {
                                    ["value"] = BillingJson.ToNode(RefusalProblem.ToResult(one).ProblemDetails),
                                }
                            )
                        )
                    ),
                },
            },
        };

    private static JsonObject Problem() =>
        new()
        {
            [Description] = "Problem details of RFC 9457. The code is stable; a code may bring members of its own.",
            ["type"] = "object",
            ["required"] = new JsonArray("type", "title", "status", "detail", "code"),
            ["properties"] = new JsonObject(
                new[] { "type", "title", "status", "detail", "code" }.Select(name =>
                    KeyValuePair.Create<string, JsonNode?>(
                        name,
                        new JsonObject { ["type"] = name == "status" ? "integer" : "string" }
                    )
                )
            ),
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
