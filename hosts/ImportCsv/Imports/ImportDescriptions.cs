using System.Text.Json.Nodes;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.PlanLimits;
using Tollgate;
using Tollgate.Api;
using Tollgate.Http;

namespace ImportCsv.Imports;

/// <summary>What the API's document says of imports.</summary>
internal static class ImportDescriptions
{
    private const string Csv = "email,name\r\nada@example.com,Ada\r\n";
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Uri Upgrade = new("https://app.example.com/settings/billing");
    private static readonly ImportAnswer Example = new(
        Guid.Parse("019a9f4e-0000-7000-8000-000000000001"),
        "imp_1",
        "people.csv",
        ImportState.CompletedWithErrors,
        Rows: 2,
        ValidRows: 1,
        ErrorCount: 1,
        [new RowError(3, "email", "not_an_email", "That is no e-mail address.", "grace at example.com")],
        "/api/v1/imports/019a9f4e-0000-7000-8000-000000000001/result",
        new Detected("utf-8", ","),
        [CsvNote.SpaceBesideQuotes(2)],
        Now
    );

    private static readonly ApiBody One = ApiBody.Of(Example);
    private static readonly ApiBody Rows = new(typeof(string), JsonValue.Create(Csv), "text/csv");

    private static readonly ApiBody CallbackBodies = ApiBody.Of(
        Example with
        {
            Callback = new CallbackAnswer("dead", 8, "status 503"),
        }
    );

    public static readonly ApiOperation Receive = new(
        "import",
        "Takes a CSV for an importer, whose key stands for a sign-in. The part file is the last of the form."
    )
    {
        Status = 201,
        Parameters = [new("header", "Idempotency-Key", "The same key is the same import. Up to 100 characters.")],
        Request = ApiBody.Of(new Form("imp_1", Csv)) with { MediaType = "multipart/form-data" },
        Answers = [One],
        Refusals =
        [
            new InvalidRequest("A part of the form is unknown, too long, or there twice."),
            new FileMissing(),
            new MappingInvalid("The column plan is not in the file."),
            new CsvMalformed(7, "the quotes do not close."),
            new DelimiterUnclear([',', ';']),
            new ImportLimitReached(100, 100, "free", Now.AddDays(22), Upgrade),
            .. RefusalExamples.Of(ProblemCodes.PaymentRequired),
            new RowLimitExceeded(10_000, 10_001, "free", Upgrade),
            new OriginNotAllowed(),
            new ImporterNotFound(),
            new ImportInProgress(),
            new IdempotencyKeyReused(),
            new UploadTooSlow(),
            new BodyCompressed(),
            new FileTooLarge(1_000_000_000),
            new LineTooLong(7, 1_000_000),
            new TooManyColumns(1, 1000),
            new NotCsv("It has bytes that no text has."),
            new TooManyCalls(),
        ],
    };

    public static readonly ApiOperation List = new(
        "listImports",
        "Fifty imports, the latest first, without their errors."
    )
    {
        Parameters = [new("query", "before", "The next of the former page, for older ones.")],
        Answers = [ApiBody.Of(new ImportList([Example with { Errors = [] }], Next: null))],
    };

    public static readonly ApiOperation Find = new("readImport", "One import, with its first hundred errors.")
    {
        Answers = [CallbackBodies],
        Refusals = [new ImportNotFound()],
    };

    public static readonly ApiOperation Remove = new(
        "deleteImport",
        "Deletes an import with its rows. It stays counted."
    )
    {
        Status = 204,
        Refusals = [new CrossSiteRequest(), new ImportNotFound()],
    };

    public static readonly ApiOperation CallAgain = new("callAgain", "Notifies the owner's server of an import again.")
    {
        Status = 204,
        Refusals = [new CrossSiteRequest(), new NoCallbackToRetry()],
    };

    public static readonly ApiOperation HandOver = new("fetchRows", "The rows, for the server that was called back.")
    {
        Parameters = [new("header", "Authorization", "Bearer and the importer's callback_secret.", IsRequired: true)],
        Answers = [Rows],
        Refusals = [new SecretNotShown(), new ImportNotFound(), new TooManyCalls()],
    };

    public static readonly ApiOperation Result = new("downloadResult", "The rows that were taken, as a CSV.")
    {
        Parameters = [new("query", "raw", "true leaves cells as they were that a spreadsheet would run.")],
        Answers = [Rows],
        Refusals = [new ImportNotFound()],
    };

    /// <summary>The form's parts; <see cref="UploadForm"/> reads them one by one.</summary>
    /// <param name="Mapping">A JSON object: column keys by headers, or by <c>#0</c>, <c>#1</c>.</param>
    /// <param name="HasHeader"><c>true</c> or <c>false</c>.</param>
    /// <param name="Delimiter">One of <c>, ; |</c> and <c>tab</c>; empty where the importer or the file says.</param>
    private sealed record Form(
        string ImporterKey,
        string File,
        string Mapping = "",
        string HasHeader = "true",
        string Delimiter = ""
    );
}
