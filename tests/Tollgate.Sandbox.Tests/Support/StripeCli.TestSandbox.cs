namespace Tollgate.Sandbox.Tests.Support;

/// <summary>The rest is shared with the tests of a host.</summary>
internal sealed partial class StripeCli
{
    public static Task<StripeCli> OfAsync(TestSandbox sandbox) => AtAsync(sandbox.Server.BaseAddress);
}
