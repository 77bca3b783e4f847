using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Tollgate.ImportCsvTesting;

/// <summary>
/// A file of contacts as a shop has them, some 120 bytes a row, made while it is sent: no row is ever kept.
/// </summary>
/// <param name="before">Is waited for before the row of that number is sent, from 0.</param>
public sealed class ContactFile(int rows, Func<int, Task>? before = null) : HttpContent
{
    private const int BlockBytes = 64 * 1024;
    private const int RowBytesMax = 512;
    private const string Header = "email,name,company,street,city,phone,since,plan,seats\n";

    /// <summary>What its importer is, as <c>POST /api/v1/importers</c> takes it.</summary>
    public static object Importer { get; } = new
    {
        name = "Contacts",
        columns = new object[]
        {
            new
            {
                key = "email",
                label = "E-mail",
                type = "email",
                required = true,
                unique = true,
            },
            Column("name"),
            Column("company"),
            Column("street"),
            Column("city"),
            Column("phone"),
            Column("since", "date"),
            new
            {
                key = "plan",
                label = "Plan",
                type = "select",
                values = new[] { "free", "pro", "business" },
            },
            Column("seats", "integer"),
        },
    };

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var block = new byte[BlockBytes];
        var filled = Encoding.UTF8.GetBytes(Header, block);
        for (var row = 0; row < rows; row++)
        {
            if (before is not null)
            {
                await before(row);
            }

            if (filled > block.Length - RowBytesMax)
            {
                await stream.WriteAsync(block.AsMemory(0, filled));
                filled = 0;
            }

            filled += Write(row, block.AsSpan(filled));
        }

        await stream.WriteAsync(block.AsMemory(0, filled));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static int Write(int row, Span<byte> target)
    {
        Utf8.TryWrite(
            target,
            CultureInfo.InvariantCulture,
            $"person.{row}@customers.example,Zoë Müller-{row % 977},\"Weiß, Söhne & Partner {row % 4711}\","
                + $"Lange Straße {row % 211},Köln,+49 221 {row:D7},2026-{1 + row % 12:D2}-{1 + row % 28:D2},"
                + $"{(row % 3 == 0 ? "free" : "business")},{row % 50}\n",
            out var written
        );
        return written;
    }

    private static object Column(string name, string type = "text") =>
        new
        {
            key = name,
            label = name,
            type,
        };
}
