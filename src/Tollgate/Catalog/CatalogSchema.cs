using System.Globalization;
using System.Numerics;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Tollgate.Catalog;

/// <summary>What the schema refuses of a catalog's file, in sentences of ours.</summary>
internal static class CatalogSchema
{
    private static readonly Lazy<JsonSchema> Known = new(() =>
        // all of it is in memory, so that nothing is waited for
        JsonSchema.FromJsonAsync(CatalogFile.Schema, CancellationToken.None).GetAwaiter().GetResult()
    );

    public static SchemaFaults Check(JToken root)
    {
        foreach (var value in Descend(root).OfType<JValue>())
        {
            // the validator has no larger ones; no member takes them either
            value.Value = value.Value is BigInteger large
                ? (large.Sign < 0 ? long.MinValue : long.MaxValue)
                : value.Value;
        }

        var errors = WithoutFollowing([.. Known.Value.Validate(root).SelectMany(Leaves)]);
        return new SchemaFaults(
            [
                .. errors.Select(error => new CatalogFault(PathOf(error), SentenceOf(error))),
                .. Descend(root)
                    .OfType<JValue>()
                    .Where(value => value.Value is string text && text.Any(char.IsControl))
                    .Select(value => new CatalogFault(value.Path, "has a line break or another control character.")),
            ],
            IsReadable: errors.TrueForAll(IsHarmless)
        );
    }

    /// <summary>The value itself and all that is in it.</summary>
    public static IEnumerable<JToken> Descend(JToken root) =>
        root is JContainer all ? all.DescendantsAndSelf() : [root];

    // a value of a map is refused in the map's name
    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError parent ? parent.Errors.Values.SelectMany(all => all).SelectMany(Leaves)
        : error is MultiTypeValidationError several ? several.Errors.Values.SelectMany(all => all).SelectMany(Leaves)
        : [error];

    // of what is no object, no member is missing, and what is no whole number is not too small either
    private static List<ValidationError> WithoutFollowing(List<ValidationError> errors)
    {
        var ofType = errors.Where(IsOfType).ToList();
        return errors.FindAll(error =>
            IsOfType(error) || !ofType.Exists(other => CatalogFault.IsIn(PathOf(error), PathOf(other)))
        );
    }

    private static bool IsOfType(ValidationError error) =>
        error.Kind
            is ValidationErrorKind.StringExpected
                or ValidationErrorKind.IntegerExpected
                or ValidationErrorKind.BooleanExpected
                or ValidationErrorKind.ObjectExpected
                or ValidationErrorKind.ArrayExpected;

    private static string PathOf(ValidationError error) => error.Path?.TrimStart('#').TrimStart('/') ?? string.Empty;

    private static bool IsHarmless(ValidationError error) =>
        error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.StringTooShort => true,
            ValidationErrorKind.NumberTooSmall => error.Token is JValue { Value: >= (long)int.MinValue },
            // one of a span leaves no span
            ValidationErrorKind.PatternMismatch => Known.Value.Definitions["id"].Pattern == error.Schema.Pattern
                || Known.Value.Definitions["currency"].Pattern == error.Schema.Pattern,
            _ => false,
        };

    private static string SentenceOf(ValidationError error)
    {
        var schema = error.Schema;
        return error.Kind switch
        {
            ValidationErrorKind.StringExpected => "is no text.",
            ValidationErrorKind.IntegerExpected => "is no whole number.",
            ValidationErrorKind.BooleanExpected => "is neither true nor false.",
            ValidationErrorKind.ObjectExpected => "is no object.",
            ValidationErrorKind.ArrayExpected => "is no list.",
            ValidationErrorKind.PropertyRequired => "is missing.",
            ValidationErrorKind.StringTooShort => "is empty.",
            ValidationErrorKind.NumberTooSmall => Invariant($"is less than {schema.Minimum}."),
            ValidationErrorKind.NumberTooBig or ValidationErrorKind.IntegerTooBig => Invariant(
                $"is more than {schema.Maximum}."
            ),
            ValidationErrorKind.NotInEnumeration => $"is none of {string.Join(", ", schema.Enumeration)}.",
            ValidationErrorKind.PatternMismatch => $"is not right. {schema.Description}",
            ValidationErrorKind.NoAdditionalPropertiesAllowed =>
                $"is no member here. There are {string.Join(", ", schema.Properties.Keys)}.",
            _ => $"is refused by the schema ({error.Kind}).",
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>All that the schema refuses.</summary>
/// <param name="IsReadable">Whether there is a catalog to be checked all the same.</param>
internal sealed record SchemaFaults(IReadOnlyList<CatalogFault> All, bool IsReadable);
