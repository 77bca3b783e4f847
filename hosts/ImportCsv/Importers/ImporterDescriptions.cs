using Tollgate;
using Tollgate.Http;

namespace ImportCsv.Importers;

/// <summary>What the API's document says of importers and of what an embedding page reads of one.</summary>
internal static class ImporterDescriptions
{
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImportColumn[] Columns =
    [
        new("email", "E-mail", ColumnType.Email, Required: true),
        new("plan", "Plan", ColumnType.Select, Values: ["free", "pro"]),
    ];

    private static readonly InvalidRequest Unreadable = new("An importer has 1 to 200 columns.");
    private static readonly Refusal[] Filling =
    [
        Unreadable,
        new CrossSiteRequest(),
        new CssNotAllowed("url() is not allowed."),
    ];

    private static readonly ApiBody Form = ApiBody.Of(
        new ImporterForm("Contacts", Columns, ["https://shop.example"], CallbackUrl: "https://shop.example/imported")
    );

    private static readonly ApiBody One = ApiBody.Of(Example);

    private static readonly ApiParameter Key = new("path", "key", "The importer's key.", IsRequired: true);

    public static readonly ApiOperation List = new("listImporters", "The user's importers.")
    {
        Answers = [ApiBody.Of(new ImporterList([Example]))],
    };

    public static readonly ApiOperation Add = new("addImporter", "Makes an importer; its key is made with it.")
    {
        Request = Form,
        Answers = [One],
        Refusals = [.. Filling, new TooManyImporters(200)],
    };

    public static readonly ApiOperation Find = new("readImporter", "One importer of the user's.")
    {
        Parameters = [Key],
        Answers = [One],
        Refusals = [new ImporterNotFound()],
    };

    public static readonly ApiOperation Change = new("changeImporter", "Changes an importer to what the form says.")
    {
        Parameters = [Key],
        Request = Form,
        Answers = [One],
        Refusals = [.. Filling, new ImporterNotFound()],
    };

    public static readonly ApiOperation Remove = new("removeImporter", "Removes an importer, with what it imported.")
    {
        Status = 204,
        Parameters = [Key],
        Refusals = [new CrossSiteRequest(), new ImporterNotFound()],
    };

    public static readonly ApiOperation Config = new("readConfig", "What a page needs to show the importer.")
    {
        Parameters = [Key],
        Answers =
        [
            ApiBody.Of(
                new ImporterConfig.Config(
                    "imp_1",
                    "Contacts",
                    Columns,
                    ShowBranding: true,
                    "free",
                    new ImporterConfig.Limits(new ImporterConfig.Used(12, 100), 10_000, Now.AddDays(22)),
                    CustomCss: null,
                    Delimiter: null,
                    CanImport: true,
                    IsPaused: false,
                    new Uri("https://app.example.com/settings/billing")
                )
            ),
        ],
        Refusals = [new ImporterNotFound(), new OriginNotAllowed(), new TooManyCalls()],
    };

    private static ImporterShown Example =>
        new("imp_1", "Contacts", Columns, ["https://shop.example"], true, null, null, "cbs_1", ";", Now);
}
