using Sdk = global::Stripe;

namespace Tollgate.Stripe;

/// <summary>
/// How the SDK is called, so that an answer is a value: a fact that was read, or the reason why not. A read takes what
/// the SDK reads with and nothing that writes, and a write its key: one without does not compile. Lists are whole.
/// </summary>
internal sealed partial class StripeCalls(Sdk.StripeClient sdk, TimeProvider machineTime)
{
    /// <summary>One of the SDK's methods that list.</summary>
    public delegate Task<Sdk.StripeList<T>> Lists<T, in TOptions>(
        TOptions options,
        Sdk.RequestOptions request,
        CancellationToken cancellationToken
    );

    public Sdk.StripeClient Client { get; } = sdk;

    public Sdk.V1Services V1 => Client.V1;

    /// <exception cref="ArgumentException">The id could lead to another object.</exception>
    public Task<StripeAnswer<TFact>> Ask<T, TOptions, TFact>(
        Sdk.IRetrievable<T, TOptions> service,
        string id,
        TOptions? options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity, Sdk.IHasId
        where TOptions : Sdk.BaseOptions, new()
    {
        var its = StripeId.Checked(id);
        return Run(
            () => service.GetAsync(its, options ?? new(), Keyless(), cancellationToken),
            read,
            cancellationToken
        );
    }

    /// <summary>What there is one of.</summary>
    public Task<StripeAnswer<TFact>> Ask<T, TFact>(
        Sdk.ISingletonRetrievable<T> service,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity =>
        Run(() => service.GetAsync(Keyless(), cancellationToken), read, cancellationToken);

    /// <summary>What the SDK must not read with its own type.</summary>
    public Task<StripeAnswer<TFact>> Ask<T, TFact>(
        string path,
        string id,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity => Send(HttpMethod.Get, path, id, options: null, read, cancellationToken);

    /// <param name="key">Of the intent.</param>
    /// <param name="call">The SDK's method.</param>
    /// <exception cref="InvalidOperationException">The key was never given.</exception>
    public Task<StripeAnswer<TFact>> Write<T, TOptions, TFact>(
        IdempotencyKey key,
        Func<TOptions, Sdk.RequestOptions, CancellationToken, Task<T>> call,
        TOptions options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var keyed = new Sdk.RequestOptions { IdempotencyKey = key.Value };
        return Run(() => call(options, keyed, cancellationToken), read, cancellationToken);
    }

    /// <summary>The same for an object that is there.</summary>
    /// <exception cref="ArgumentException">The id could lead to another object.</exception>
    public Task<StripeAnswer<TFact>> Write<T, TOptions, TFact>(
        IdempotencyKey key,
        Func<string, TOptions, Sdk.RequestOptions, CancellationToken, Task<T>> call,
        string id,
        TOptions options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var its = StripeId.Checked(id);
        return Write(key, (set, keyed, token) => call(its, set, keyed, token), options, read, cancellationToken);
    }

    /// <summary>
    /// Takes no key, as Stripe ignores one on DELETE: a second attempt after a lost answer gets
    /// <c>resource_missing</c>, which then means that the first one succeeded.
    /// </summary>
    public Task<StripeAnswer<TFact>> Delete<T, TFact>(
        string path,
        string id,
        Sdk.BaseOptions? options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity => Send(HttpMethod.Delete, path, id, options, read, cancellationToken);

    private Task<StripeAnswer<TFact>> Send<T, TFact>(
        HttpMethod method,
        string path,
        string id,
        Sdk.BaseOptions? options,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var whole = $"{path}/{StripeId.Checked(id)}";
        return Run(
            () => Client.RequestAsync<T>(method, whole, options, Keyless(), cancellationToken),
            read,
            cancellationToken
        );
    }

    private async Task<StripeAnswer<TFact>> Run<T, TFact>(
        Func<Task<T>> call,
        Func<T, Shape, TFact> read,
        CancellationToken cancellationToken
    )
        where T : Sdk.StripeEntity
    {
        var answer = await Try(call);
        if (answer.Refusal is { } refusal)
        {
            return refusal;
        }

        return await Complete(answer.Value, cancellationToken) is { } unread
            ? unread
            : read(answer.Value, Shape.Of(answer.Value));
    }

    private async Task<StripeAnswer<T>> Try<T>(Func<Task<T>> call)
        where T : Sdk.StripeEntity
    {
        try
        {
            return await call();
        }
        catch (StripeRefusedException away) when (away.Refusal is StripeRefusal.Unavailable)
        {
            return away.Refusal;
        }
        catch (Sdk.StripeException refused) when (refused.StripeResponse is { } response)
        {
            var reply = new StripeReply(response);
            return reply.IsSuccess
                ? throw Misread.By<T>(response.Content)
                : RefusalReader.Read(reply, machineTime.GetUtcNow(), Client.ApiKey);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            // the SDK throws these for a number outside its type's range
            throw new StripeShapeException("$", $"no {typeof(T).Name}: {cause.GetType().Name}");
        }
    }

    private static Sdk.RequestOptions Keyless() => new();
}
