using Tollgate;
using Tollgate.Access;

namespace MyApp;

public sealed class NightlyExport(AccessGate gate)
{
    public async Task<string> RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await gate.RefuseAsync(account, "export", cancellationToken) is { } refusal)
        {
            return $"{account} gets no export: {refusal.Code}";
        }

        return $"{account} gets everything";
    }
}
