using System.Reflection;
using System.Runtime.CompilerServices;
using Tollgate.Catalog;

namespace Tollgate.Tests.Conventions;

/// <summary>What hosts can see stands in one approved text, so that a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    private const string Approved = "docs/public-api.txt";

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        var now = string.Join('\n', Describe(typeof(PlanCatalog).Assembly)) + "\n";
        var file = Path.Combine(SourceTree.Root, Approved);
        var approved = File.Exists(file) ? File.ReadAllText(file) : string.Empty;
        if (now != approved)
        {
            var received = Path.Combine(SourceTree.Root, "artifacts", "public-api.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllText(received, now);
        }

        var changed = now.Split('\n').Except(approved.Split('\n')).Concat(approved.Split('\n').Except(now.Split('\n')));
        Assert.True(
            now == approved,
            $"The public API changed. If it was meant: cp artifacts/public-api.txt {Approved}\n"
                + string.Join('\n', changed)
        );
    }

    private static IEnumerable<string> Describe(Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(type => !type.Namespace!.EndsWith(".Migrations", StringComparison.Ordinal))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend($"{type.FullName}"));

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodBase { IsSpecialName: true } and not TypeInfo)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(member => $"    {member}");
}
