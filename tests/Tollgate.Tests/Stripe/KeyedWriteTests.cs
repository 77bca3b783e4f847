using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tollgate.Tests.Stripe;

/// <summary>A write without the idempotency key of its intent does not compile.</summary>
public sealed class KeyedWriteTests
{
    [Theory]
    [InlineData("calls.Write(key, calls.V1.Customers.CreateAsync, its, StripeCustomer.Of, token)", true)]
    [InlineData("calls.Ask(calls.V1.Customers, id, null, StripeCustomer.Of, token)", true)]
    [InlineData("calls.Write(calls.V1.Customers.CreateAsync, its, StripeCustomer.Of, token)", false)]
    [InlineData("calls.Write(null, calls.V1.Customers.CreateAsync, its, StripeCustomer.Of, token)", false)]
    [InlineData("calls.Ask(calls.V1.Customers.CreateAsync, its, StripeCustomer.Of, token)", false)]
    [InlineData("calls.Ask(calls.V1.Customers.UpdateAsync, id, its, StripeCustomer.Of, token)", false)]
    [InlineData("calls.ReadAll(calls.V1.Customers.CreateAsync, its, StripeCustomer.Of, token)", false)]
    [InlineData("client.CreateCustomer(new CustomerParams(), token)", false)]
    public void A_write_wants_its_key_when_it_is_compiled(string call, bool compiles)
    {
        var source = $$"""
            using System.Threading;
            using Tollgate.Stripe;

            internal static class Calling
            {
                internal static object Run(
                    StripeCalls calls,
                    StripeClient client,
                    IdempotencyKey key,
                    string id,
                    global::Stripe.CustomerCreateOptions its,
                    CancellationToken token
                ) => {{call}};
            }
            """;

        Assert.Equal(compiles, Faults(source).Count == 0);
    }

    // by the name of an assembly that sees the library's internals
    private static List<string> Faults(string source) =>
        [
            .. CSharpCompilation
                .Create(
                    typeof(KeyedWriteTests).Assembly.GetName().Name,
                    [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
                    ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                        .Split(Path.PathSeparator)
                        .Where(file => Path.GetFileNameWithoutExtension(file) != "Tollgate.Tests")
                        .Select(file => MetadataReference.CreateFromFile(file)),
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                )
                .GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(fault => fault.Severity == DiagnosticSeverity.Error)
                .Select(fault => $"{fault.Id}: {fault.GetMessage(formatProvider: null)}"),
        ];
}
