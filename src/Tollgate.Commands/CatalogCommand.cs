using System.CommandLine;

namespace Tollgate.Commands;

/// <summary><c>catalog</c>: what is sold, as code and as a file.</summary>
internal sealed class CatalogCommand : IHostCommand
{
    public Command Create(CommandRun run) =>
        new("catalog", "What is sold: its ids as code, and what Stripe has of it as a file.")
        {
            CatalogTypes.Create(run),
            CatalogPull.Create(run),
        };
}
