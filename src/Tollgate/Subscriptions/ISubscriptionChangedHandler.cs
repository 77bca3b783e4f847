namespace Tollgate.Subscriptions;

/// <summary>
/// What a host does when an account's subscription changed: open a workspace, notify its own systems. Called after the
/// commit, at least once, in any order; an exception makes it be called again, with back-off, ten times at the most,
/// and then raises the alert <c>effect_dead</c>. All handlers have a minute together; what takes longer is cancelled.
/// </summary>
public interface ISubscriptionChangedHandler
{
    Task HandleAsync(SubscriptionChange change, CancellationToken cancellationToken);
}

/// <summary>One change of an account's subscription, as the audit has it.</summary>
/// <param name="Id">The same each time this change is dispatched, and no other's: remember it to do a thing
/// once.</param>
/// <param name="At">Billing time of the commit.</param>
/// <param name="Cause">What caused the sync: ids of events, <c>deadline</c>, <c>override by sam: signed</c>.</param>
/// <param name="After">Its version is higher than that of every earlier change, which may be dispatched later.</param>
/// <param name="PlanBefore">Id of the plan that held before, an administrator's included.</param>
/// <param name="PlanAfter">Id of the plan that holds since; <c>none</c> where that is no plan.</param>
public sealed record SubscriptionChange(
    string Id,
    AccountId Account,
    DateTimeOffset At,
    string Cause,
    SubscriptionState Before,
    SubscriptionState After,
    string PlanBefore,
    string PlanAfter
);
