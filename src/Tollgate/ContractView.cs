namespace Tollgate;

/// <summary>A relation that the host promises to people who type SQL, made over Tollgate's tables.</summary>
/// <param name="Name">Schema and name: <c>public.tenants</c>.</param>
/// <param name="Query">The view's query.</param>
public sealed record ContractView(string Name, string Query)
{
    /// <summary>
    /// Indexes of Tollgate's tables that the host promises under names of its own, by the names that they have
    /// otherwise: <c>accounts_by_customer</c>, <c>subscriptions_by_subscription</c>, <c>meters_due</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> IndexNames { get; init; } = new Dictionary<string, string>();
}
