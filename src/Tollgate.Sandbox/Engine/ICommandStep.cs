using System.Text.Json.Nodes;

namespace Tollgate.Sandbox.Engine;

/// <summary>
/// What a higher level does with every command. All of it is called on the loop's thread, in the order of the steps.
/// </summary>
internal interface ICommandStep
{
    /// <summary>Whether commands are to note what they found where they put something.</summary>
    bool WantsFormer => false;

    /// <summary>The command has run; a step may still change something, and a throw undoes it all.</summary>
    void Finish(Transaction tx) { }

    /// <summary>The command is over, whether it was accepted or refused.</summary>
    void End(Transaction tx) { }

    /// <summary>The command was accepted; commands may follow it.</summary>
    void Accept(StateWriter writer, Transaction tx) { }

    /// <summary>True for a due document whose work is none, or is more than one command, which the step does.</summary>
    bool TakesOver(StateWriter writer, JsonObject due) => false;

    /// <summary>What was committed is in the journal, and its answers have left.</summary>
    void Flushed() { }
}
