using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ImportCsv.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Pieces : Migration
    {
        // as CsvText writes them
        private const string RowsToPieces = """
            WITH written AS (
                SELECT import_id, line, (row_number() OVER (PARTITION BY import_id ORDER BY line) - 1) / 1000 AS piece,
                    (SELECT string_agg(
                        CASE WHEN cell ~ '[,"\r\n]' OR (cell = '' AND cardinality(cells) = 1)
                            THEN '"' || replace(cell, '"', '""') || '"' ELSE cell END, ',' ORDER BY place)
                    FROM unnest(cells) WITH ORDINALITY AS one (cell, place)) AS csv
                FROM importcsv.import_rows
            )
            INSERT INTO importcsv.import_pieces (import_id, line, rows, csv)
            SELECT import_id, min(line), count(*), string_agg(csv || E'\r\n', '' ORDER BY line)
            FROM written GROUP BY import_id, piece;
            """;

        // the line of a row is that of its piece and the rows between
        private const string PiecesToRows = """
            WITH fields AS (
                SELECT import_id, line, found, place,
                    count(*) FILTER (WHERE found[2] = E'\r\n') OVER (
                        PARTITION BY import_id, line ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ) AS rows_before
                FROM importcsv.import_pieces,
                    regexp_matches(csv, '("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n)', 'g')
                        WITH ORDINALITY AS one (found, place)
            )
            INSERT INTO importcsv.import_rows (import_id, line, cells)
            SELECT import_id, line + rows_before, array_agg(
                CASE WHEN found[1] LIKE '"%' THEN replace(substr(found[1], 2, length(found[1]) - 2), '""', '"')
                    ELSE found[1] END ORDER BY place)
            FROM fields GROUP BY import_id, line, rows_before;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "import_pieces",
                schema: "importcsv",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    csv = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_pieces", x => new { x.import_id, x.line });
                    table.ForeignKey(
                        name: "FK_import_pieces_imports_import_id",
                        column: x => x.import_id,
                        principalSchema: "importcsv",
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(RowsToPieces);
            migrationBuilder.DropTable(
                name: "import_rows",
                schema: "importcsv");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "import_rows",
                schema: "importcsv",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    cells = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_rows", x => new { x.import_id, x.line });
                    table.ForeignKey(
                        name: "FK_import_rows_imports_import_id",
                        column: x => x.import_id,
                        principalSchema: "importcsv",
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(PiecesToRows);
            migrationBuilder.DropTable(
                name: "import_pieces",
                schema: "importcsv");
        }
    }
}
