using System.Reflection;

namespace Tollgate.IntegrationTests.Guides;

/// <summary>
/// The tests that docs/guide/test-your-app.md shows for frameworks that no project here is run by: done by hand, as
/// the framework would.
/// </summary>
public sealed class GuideFrameworkTests
{
    [Fact]
    public async Task Of_xunit_v2()
    {
        var assembly = Assembly.Load("MyApp.XunitV2Tests");
        var fixture = Activator.CreateInstance(TypeOf(assembly, "AppFixture"))!;
        await CallAsync(fixture, "InitializeAsync");
        var tests = Activator.CreateInstance(TypeOf(assembly, "RenewalTests"), fixture)!;
        await CallAsync(tests, Marked(tests, "Xunit.FactAttribute"));
        await CallAsync(fixture, "DisposeAsync");
    }

    [Fact]
    public async Task Of_NUnit()
    {
        var assembly = Assembly.Load("MyApp.NUnitTests");
        var tests = Activator.CreateInstance(TypeOf(assembly, "RenewalTests"))!;
        await CallAsync(tests, Marked(tests, "NUnit.Framework.OneTimeSetUpAttribute"));
        await CallAsync(tests, Marked(tests, "NUnit.Framework.TestAttribute"));
        await CallAsync(tests, Marked(tests, "NUnit.Framework.OneTimeTearDownAttribute"));
    }

    private static Type TypeOf(Assembly assembly, string name) =>
        assembly.GetType($"{assembly.GetName().Name}.{name}", throwOnError: true)!;

    private static string Marked(object tests, string attribute) =>
        Assert
            .Single(
                tests.GetType().GetMethods(),
                method => method.GetCustomAttributes().Any(one => one.GetType().FullName == attribute)
            )
            .Name;

    private static Task CallAsync(object target, string method) =>
        (Task)target.GetType().GetMethod(method)!.Invoke(target, parameters: null)!;
}
