using System.Text.Json;

namespace Tollgate.Sandbox.Tests.Support;

/// <summary>Members of the objects that the file of shapes does not have.</summary>
internal static class OtherShapes
{
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["dispute"] =
            "amount balance_transactions charge created currency enhanced_eligibility_types evidence evidence_details "
            + "id is_charge_refundable livemode metadata object payment_intent payment_method_details reason status",
        ["search_result"] = "data has_more next_page object url",
        ["tax.settings"] = "defaults head_office livemode object status status_details",
        ["tax_id"] = "country created customer customer_account id livemode object owner type value verification",
    };

    /// <summary>What is wrong with the names of an object's members, or null.</summary>
    public static string? FaultOf(string kind, JsonElement value, string path)
    {
        if (!Members.TryGetValue(kind, out var expected))
        {
            return $"{path}: no shape is known for '{kind}'";
        }

        var actual = string.Join(' ', value.EnumerateObject().Select(each => each.Name).Order(StringComparer.Ordinal));
        return actual == expected ? null : $"{path}({kind}): members are {actual}";
    }
}
