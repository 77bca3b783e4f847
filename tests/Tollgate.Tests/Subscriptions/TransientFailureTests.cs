using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tollgate.Stripe;
using Tollgate.Subscriptions;

namespace Tollgate.Tests.Subscriptions;

public sealed class TransientFailureTests
{
    private static readonly PostgresException Deadlock = new("deadlock detected", "ERROR", "ERROR", "40P01");

    public static TheoryData<Exception> Passing =>
        [
            Deadlock,
            new DbUpdateException("EF Core wraps it", Deadlock),
            new InvalidOperationException("and wraps that", new DbUpdateException("once more", Deadlock)),
            new StripeRefusedException(new StripeRefusal.RateLimited("slow down", null, null)),
            new StripeRefusedException(new StripeRefusal.AuthenticationFailed("the key was rolled", null)),
            new StripeRefusedException(new StripeRefusal.PermissionDenied("a restricted key", null)),
            new StripeRefusedException(new StripeRefusal.UnexpectedAnswer("a proxy", null, 302)),
        ];

    public static TheoryData<Exception> Lasting =>
        [
            new InvalidOperationException("a bug"),
            new DbUpdateException("a constraint", new PostgresException("no", "ERROR", "ERROR", "23514")),
            new StripeRefusedException(new StripeRefusal.InvalidRequest("no", null, 400, null, null)),
        ];

    [Theory]
    [Trait("fault", "F13")]
    [MemberData(nameof(Passing))]
    public void What_passes_by_itself_never_kills_an_event(Exception failure) =>
        Assert.True(TransientFailure.Is(failure));

    [Theory]
    [MemberData(nameof(Lasting))]
    public void What_stays_wrong_is_given_up_in_the_end(Exception failure) =>
        Assert.False(TransientFailure.Is(failure));
}
