using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tollgate.Stripe;

namespace Tollgate.Tests.Conventions;

/// <summary>
/// The official SDK stays in one folder: whoever else calls Stripe goes through the library's own facts and refusals.
/// </summary>
public sealed class SdkBoundaryTests
{
    // the hooks, and what works with the SDK within the folder
    private static readonly Type[] Within =
    [
        typeof(StripeHooks),
        typeof(StripeCalls),
        typeof(StripeHttp),
        typeof(StripeTransport),
        typeof(StripeReply),
        typeof(StripeBody),
        typeof(Shape),
        typeof(Misread),
    ];

    private static readonly string[] Folders = ["src/Tollgate", "src/Tollgate.Development", "hosts"];

    [Fact]
    public void Only_the_boundary_names_the_SDK() =>
        SourceTree.Holds(
            SdkIsApart,
            file => file.IsCSharp && Folders.Any(folder => file.IsUnder(folder)) && !file.IsUnder("src/Tollgate/Stripe")
        );

    /// <summary>
    /// A host meets the SDK's types in the hooks only, the library in the client's property that returns it.
    /// </summary>
    [Fact]
    public void No_other_public_member_shows_a_type_of_the_SDK()
    {
        var sdk = typeof(global::Stripe.IStripeClient).Assembly;
        var shown =
            from type in typeof(StripeClient).Assembly.GetTypes()
            where !Within.Contains(type.DeclaringType ?? type)
            from member in type.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            where TypesIn(member).SelectMany(WithArguments).Any(one => one.Assembly == sdk)
            select $"{type.Name}.{member.Name}";

        Assert.Equal(["StripeClient.Official", "StripeClient.get_Official"], shown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("using Stripe;", 1)]
    [InlineData("using Stripe.Checkout;", 1)]
    [InlineData("using Sdk = global::Stripe;", 1)]
    [InlineData("class A { global::Stripe.Customer c; }", 1)]
    [InlineData("using Tollgate.Stripe;", 0)]
    [InlineData("class A { object o = hydra.Stripe.Customers; }", 0)]
    public void A_file_that_names_the_SDK_is_found(string text, int faults) =>
        Assert.Equal(faults, SdkIsApart(new SourceFile("src/Tollgate/Checkout/A.cs", text)).Count());

    private static IEnumerable<string> SdkIsApart(SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var named = node switch
            {
                UsingDirectiveSyntax directive when IsSdk($"{directive.NamespaceOrType}") => true,
                AliasQualifiedNameSyntax name when node.Parent is not UsingDirectiveSyntax => IsSdk($"{name}"),
                _ => false,
            };
            if (named)
            {
                yield return file.Fault(node, "the SDK is for src/Tollgate/Stripe alone");
            }
        }
    }

    private static bool IsSdk(string name) =>
        name is "Stripe" or "global::Stripe"
        || name.StartsWith("Stripe.", StringComparison.Ordinal)
        || name.StartsWith("global::Stripe.", StringComparison.Ordinal);

    private static IEnumerable<Type> TypesIn(MemberInfo member) =>
        member switch
        {
            MethodInfo method => method.GetParameters().Select(one => one.ParameterType).Append(method.ReturnType),
            ConstructorInfo made => made.GetParameters().Select(one => one.ParameterType),
            PropertyInfo property => [property.PropertyType],
            _ => [],
        };

    private static IEnumerable<Type> WithArguments(Type type) =>
        type.GetGenericArguments().SelectMany(WithArguments).Append(type);
}
