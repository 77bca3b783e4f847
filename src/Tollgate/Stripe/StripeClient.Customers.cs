using Sdk = global::Stripe;

namespace Tollgate.Stripe;

internal sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeCustomer>> CreateCustomer(
        CustomerParams customer,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        calls.Write(
            key,
            V1.Customers.CreateAsync,
            hooks.On(customer.ToCreate(), account is { } of ? new CustomerContext(of) : null),
            StripeCustomer.Of,
            cancellationToken
        );

    /// <summary>A deleted customer is an answer too: <see cref="StripeCustomer.Deleted"/>.</summary>
    public Task<StripeAnswer<StripeCustomer>> GetCustomer(string id, CancellationToken cancellationToken) =>
        calls.Ask(V1.Customers, id, options: null, StripeCustomer.Of, cancellationToken);

    /// <summary>Changes what is given; an empty text takes away what is there.</summary>
    public Task<StripeAnswer<StripeCustomer>> UpdateCustomer(
        string id,
        CustomerParams customer,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) => calls.Write(key, V1.Customers.UpdateAsync, id, customer.ToUpdate(), StripeCustomer.Of, cancellationToken);

    /// <summary>It cannot be undone, and ends the customer's subscriptions; a stub with the id remains.</summary>
    public Task<StripeAnswer<StripeCustomer>> DeleteCustomer(string id, CancellationToken cancellationToken) =>
        calls.Delete<Sdk.Customer, StripeCustomer>(
            "/v1/customers",
            id,
            options: null,
            StripeCustomer.Of,
            cancellationToken
        );

    /// <summary>All customers with this address, newest first. Stripe compares case-sensitively.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCustomer>>> ListCustomers(
        string email,
        CancellationToken cancellationToken
    ) =>
        calls.ReadAll(
            V1.Customers.ListAsync,
            new Sdk.CustomerListOptions { Email = email },
            StripeCustomer.Of,
            cancellationToken
        );

    /// <summary>One page of all customers, newest first.</summary>
    /// <param name="after">What the page before said that comes next; null for the first page.</param>
    internal Task<StripeAnswer<StripePage<StripeCustomer>>> ListCustomersPage(
        string? after,
        CancellationToken cancellationToken
    ) =>
        calls.ReadPage(
            V1.Customers.ListAsync,
            new Sdk.CustomerListOptions(),
            after,
            StripeCustomer.Of,
            cancellationToken
        );
}
