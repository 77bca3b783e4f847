using Npgsql;
using Tollgate.Commands;
using Tollgate.Stripe;

namespace Tollgate.Tests.Administration;

/// <summary>Whatever ends a command is one line.</summary>
public sealed class CommandFailureTests
{
    public static TheoryData<Exception, string> Failures =>
        new()
        {
            { new StartupException("STRIPE_SECRET_KEY is not set."), "STRIPE_SECRET_KEY is not set." },
            {
                new PostgresException("relation \"billing.x\" does not exist", "ERROR", "ERROR", "42P01"),
                "PostgreSQL: relation \"billing.x\" does not exist. The tables are not those of this version: "
                    + "see `migrate status`, then `migrate up`."
            },
            {
                new PostgresException("permission denied", "ERROR", "ERROR", "42501"),
                "PostgreSQL: permission denied. (42501)"
            },
            {
                new StripeRefusedException(new StripeRefusal.ResourceMissing("No such price", "req_1", Param: null)),
                "Stripe: ResourceMissing: No such price (request req_1)."
            },
            { new HttpRequestException("refused"), "No answer: refused. Try again." },
            { new TimeoutException("acme is being changed"), "It took too long: acme is being changed. Try again." },
            { new UnauthorizedAccessException("Access to /x is denied."), "Access to /x is denied." },
            { new OperationCanceledException(), "Stopped before it was done." },
            {
                new InvalidOperationException("No converter.\nat here"),
                "A fault of this program, InvalidOperationException: No converter. "
                    + "Type it again with --verbose, and report what that shows."
            },
        };

    [Theory]
    [MemberData(nameof(Failures))]
    public void It_is_one_line_that_says_what_to_do(Exception failure, string line) =>
        Assert.Equal(line, CommandFailure.Line(failure));
}
