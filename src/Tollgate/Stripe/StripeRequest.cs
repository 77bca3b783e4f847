namespace Tollgate.Stripe;

/// <summary>One call, as it is repeated until answered: the same path, the same form, the same key.</summary>
/// <param name="Template">The path with its ids as placeholders, which is what logs show.</param>
/// <param name="Path">The path with its ids.</param>
/// <param name="Key">Of a POST, and of nothing else.</param>
internal sealed record StripeRequest(
    HttpMethod Method,
    string Template,
    string Path,
    FormWriter Form,
    IdempotencyKey? Key
)
{
    public static StripeRequest Get(string template, string? id = null, FormWriter? query = null) =>
        new(HttpMethod.Get, template, Fill(template, id), query ?? new FormWriter(), Key: null);

    public static StripeRequest Post(string template, string? id, IdempotencyKey key, Action<FormWriter>? write = null)
    {
        var form = new FormWriter();
        write?.Invoke(form);
        _ = key.Value; // a key that was never given is refused here, before anything is sent
        return new(HttpMethod.Post, template, Fill(template, id), form, key);
    }

    public static StripeRequest Delete(string template, string id, Action<FormWriter>? write = null)
    {
        var form = new FormWriter();
        write?.Invoke(form);
        return new(HttpMethod.Delete, template, Fill(template, id), form, Key: null);
    }

    private static string Fill(string template, string? id) =>
        id is null ? template : template.Replace("{id}", StripeId.Checked(id), StringComparison.Ordinal);
}
