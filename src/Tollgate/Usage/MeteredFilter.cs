using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tollgate.Accounts;
using Tollgate.Http;
using Tollgate.Status;
using Tollgate.Storage;

namespace Tollgate.Usage;

/// <summary>Holds a unit of a meter around an endpoint's handler; see <see cref="MeteredEndpoints.Metered"/>.</summary>
internal sealed partial class MeteredFilter(
    string meter,
    bool handlesRepeats,
    UsageMeters meters,
    Func<AccountId, CancellationToken, ValueTask<Refusal?>> findBlockAsync,
    ILogger<MeteredFilter> log
) : IEndpointFilter
{
    private const string KeyHeader = "Idempotency-Key";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<IMeteredRun>()?.Meter == meter)
        {
            return await next(context); // the endpoint's group is metered too, and holds the unit of this request
        }

        if (!http.User.Identities.Any(identity => identity.IsAuthenticated))
        {
            return TypedResults.Challenge();
        }

        var reserved = await ReserveAsync(http);
        if (reserved is not { Refusal: null, Value: { } lease })
        {
            var problem = RefusalProblem.ToResult(reserved.Refusal!);
            RetryAfterHeader.Set(http, problem);
            return problem;
        }

        if (lease.Result == ReserveResult.Granted)
        {
            http.Features.Set<IMeteredRun>(new MeteredRun(meter, lease.Key, IsRepeat: false));
            return await RunAsync(context, next, lease);
        }

        if (lease.Result == ReserveResult.AlreadyCommitted && handlesRepeats)
        {
            http.Features.Set<IMeteredRun>(new MeteredRun(meter, lease.Key, IsRepeat: true));
            return await next(context);
        }

        return RefusalProblem.ToResult(new RunAlreadyCounted(IsRunning: lease.Result == ReserveResult.AlreadyReserved));
    }

    private async Task<Outcome<MeterLease>> ReserveAsync(HttpContext http)
    {
        try
        {
            var directory = http.RequestServices.GetRequiredService<HostDirectory>();
            if (await directory.FindCallerAsync(http, http.RequestAborted) is not { } caller)
            {
                return new NoBillingAccount();
            }

            if (await findBlockAsync(caller.Account, http.RequestAborted) is { } blocked)
            {
                return blocked;
            }

            // Not the request's token: whether a unit is held must be known, or nobody would give it back.
            return ReadKey(http.Request) is { } key
                ? await meters.ReserveAsync(caller.Account, meter, key, CancellationToken.None)
                : new InvalidRunKey();
        }
        catch (Exception failure) when (DatabaseAway.IsCauseOf(failure))
        {
            return new ServiceUnavailable();
        }
    }

    private async ValueTask<object?> RunAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next,
        MeterLease lease
    )
    {
        HandlerAnswer answer;
        try
        {
            answer = await HandlerAnswer.OfAsync(await next(context), context.HttpContext);
        }
        catch (Exception)
        {
            await ReleaseAsync(lease);
            throw;
        }

        if (answer.IsSuccess)
        {
            await meters.CommitAsync(lease.Account, meter, lease.Key, CancellationToken.None);
        }
        else
        {
            await ReleaseAsync(lease);
        }

        return answer.Result;
    }

    private async Task ReleaseAsync(MeterLease lease)
    {
        try
        {
            await meters.ReleaseAsync(lease.Account, meter, lease.Key, CancellationToken.None);
        }
        catch (Exception failure) // the caller gets the handler's own failure, and the lease gives the unit back
        {
            LogReleaseFailed(failure, meter, lease.Account);
        }
    }

    /// <summary>The run's key; null when the header holds none that could be one.</summary>
    private static string? ReadKey(HttpRequest request)
    {
        var header = request.Headers[KeyHeader];
        return header switch
        {
            [] => Guid.NewGuid().ToString("N"),
            [{ } key] when UsageMeters.IsKey(key) => key,
            _ => null,
        };
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A unit of {Meter} of {Account} waits for the end of its lease, for it could not be given back"
    )]
    private partial void LogReleaseFailed(Exception failure, string meter, AccountId account);
}
