using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ImportCsv.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Delimiters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "notes",
                schema: "importcsv",
                table: "imports",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<char>(
                name: "delimiter",
                schema: "importcsv",
                table: "importers",
                type: "character(1)",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "notes",
                schema: "importcsv",
                table: "imports");

            migrationBuilder.DropColumn(
                name: "delimiter",
                schema: "importcsv",
                table: "importers");
        }
    }
}
