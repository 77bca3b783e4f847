namespace Tollgate.Stripe;

public sealed partial class StripeClient
{
    public Task<StripeAnswer<StripeCustomer>> CreateCustomer(
        CustomerParams customer,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/customers", id: null, key, customer.Write),
            StripeJson.Default.CustomerWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>A deleted customer is an answer too: <see cref="StripeCustomer.Deleted"/>.</summary>
    public Task<StripeAnswer<StripeCustomer>> GetCustomer(string id, CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Get("/v1/customers/{id}", id),
            StripeJson.Default.CustomerWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>Changes what is given; an empty text takes away what is there.</summary>
    public Task<StripeAnswer<StripeCustomer>> UpdateCustomer(
        string id,
        CustomerParams customer,
        IdempotencyKey key,
        CancellationToken cancellationToken
    ) =>
        Send(
            StripeRequest.Post("/v1/customers/{id}", id, key, customer.Write),
            StripeJson.Default.CustomerWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>It cannot be undone, and ends the customer's subscriptions; a stub with the id remains.</summary>
    public Task<StripeAnswer<StripeCustomer>> DeleteCustomer(string id, CancellationToken cancellationToken) =>
        Send(
            StripeRequest.Delete("/v1/customers/{id}", id),
            StripeJson.Default.CustomerWire,
            wire => wire.Read(),
            cancellationToken
        );

    /// <summary>All customers with this address, newest first. The comparison is Stripe's and minds case.</summary>
    public Task<StripeAnswer<IReadOnlyList<StripeCustomer>>> ListCustomers(
        string email,
        CancellationToken cancellationToken
    ) =>
        SendAll(
            "/v1/customers",
            id: null,
            query => query.Add("email", email),
            StripeJson.Default.ListWireCustomerWire,
            wire => wire.Read(),
            customer => customer.Id,
            cancellationToken
        );

    /// <summary>One page of all customers, newest first.</summary>
    /// <param name="after">What the page before said that comes next; null for the first page.</param>
    internal Task<StripeAnswer<StripePage<StripeCustomer>>> ListCustomersPage(
        string? after,
        CancellationToken cancellationToken
    ) =>
        SendPage(
            "/v1/customers",
            id: null,
            static _ => { },
            after,
            StripeJson.Default.ListWireCustomerWire,
            wire => wire.Read(),
            customer => customer.Id,
            cancellationToken
        );
}
