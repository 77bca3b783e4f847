using System.Text.Json.Nodes;
using Tollgate.Sandbox.Engine;
using Tollgate.Sandbox.Wire;

namespace Tollgate.Sandbox.Schedules;

/// <summary><c>/v1/subscription_schedules</c>.</summary>
internal static class ScheduleRoutes
{
    private const string Kind = ScheduleDocument.Kind;
    private static readonly string[] Times = ["canceled_at", "completed_at", "created", "released_at"];

    public static readonly Route[] All =
    [
        CreateSchedule.Route,
        Route.List(
            "/v1/subscription_schedules",
            List,
            [Param.Text("customer"), Param.Flag("scheduled"), .. Times.Select(Param.Range)]
        ),
        Route.Get("/v1/subscription_schedules/{id}", call => Answer.Ok(call.Tx.Get(Kind, call.Id))),
        UpdateSchedule.Route,
        .. EndSchedule.Routes,
    ];

    private static Answer List(Call call)
    {
        var input = call.Input;
        return ListPage.Of(
            call,
            Kind,
            schedule =>
                (input.TextOrNull("customer") is not { } customer || schedule.Text("customer") == customer)
                && (
                    input.FlagOrNull("scheduled") is not { } scheduled
                    || schedule.Text("status") == "not_started" == scheduled
                )
                && Times.All(name => input[name] is null || IsWithin(schedule, input, name))
        );
    }

    private static bool IsWithin(JsonObject schedule, JsonObject input, string name) =>
        schedule.IntOrNull(name) is not null && ListPage.InRange(schedule, input, name);
}
