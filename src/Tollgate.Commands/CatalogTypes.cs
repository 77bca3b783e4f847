using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Spectre.Console;
using Tollgate.Catalog;
using Tollgate.Commands.Catalogs;
using Tollgate.Http;

namespace Tollgate.Commands;

/// <summary>
/// <c>catalog types</c>: the ids of plans, prices, features and meters as constants, so that a misspelled one does not
/// compile. It needs no database and no Stripe.
/// </summary>
internal static partial class CatalogTypes
{
    private const string CSharp = "csharp";
    private const string TypeScript = "typescript";

    public static Command Create(CommandRun run)
    {
        var language = new Option<string>("--language") { Description = "csharp or typescript.", Required = true };
        language.AcceptOnlyFromAmong(CSharp, TypeScript);
        var output = new Option<FileInfo>("--output")
        {
            Description = "The file, which is made anew.",
            Required = true,
        };
        var space = new Option<string?>("--namespace")
        {
            Description = "Of the C# classes. Default: of the product's key.",
            CustomParser = ReadNamespace,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Write nothing, and fail when the file is not what would be written.",
        };
        var command = new Command("types", "Write the ids of plans, prices, features and meters as constants.")
        {
            language,
            output,
            space,
            check,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var catalog = run.Get<PlanCatalog>();
                var file = parsed.GetRequiredValue(output);
                var (firstLine, text) =
                    parsed.GetRequiredValue(language) == CSharp
                        ? (
                            CSharpConstants.FirstLine,
                            CSharpConstants.Write(
                                CatalogConstants.Of(catalog),
                                parsed.GetValue(space) ?? new Constant(catalog.Key, catalog.Product).Pascal
                            )
                        )
                        : (TypeScriptConstants.FirstLine, TypeScriptConstants.Write(CatalogConstants.Of(catalog)));
                var known = file.Exists ? await File.ReadAllTextAsync(file.FullName, cancellationToken) : null;
                // git may have given the lines another end
                var isCurrent = known?.ReplaceLineEndings("\n") == text;
                var isCheck = parsed.GetValue(check);
                if (!isCurrent && !isCheck)
                {
                    if (known?.StartsWith(firstLine, StringComparison.Ordinal) == false)
                    {
                        return run.Refuse(
                            parsed,
                            new InvalidRequest(
                                $"{file.FullName} is there already, and was not written by this command."
                            )
                        );
                    }

                    await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
                }

                run.Answer(
                    parsed,
                    new { File = file.FullName, IsCurrent = isCurrent || !isCheck },
                    terminal => terminal.MarkupLineInterpolated($"{Said(file, isCurrent, isCheck)}")
                );
                return isCurrent || !isCheck ? HostCommands.Done : HostCommands.Failed;
            }
        );
        return command;
    }

    private static string Said(FileInfo file, bool isCurrent, bool isCheck) =>
        isCurrent ? $"{file.FullName} is as the catalog is."
        : isCheck ? $"{file.FullName} is not as the catalog is: type the same without --check."
        : $"{file.FullName} is written.";

    private static string? ReadNamespace(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (Namespace().IsMatch(text))
        {
            return text;
        }

        given.AddError($"{text} is no namespace: write Acme.Billing.");
        return null;
    }

    [GeneratedRegex(@"^[\p{L}_]\w*(\.[\p{L}_]\w*)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Namespace();
}
