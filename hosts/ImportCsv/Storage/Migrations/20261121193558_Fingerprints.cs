using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ImportCsv.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Fingerprints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "fingerprint",
                schema: "importcsv",
                table: "imports",
                type: "text",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fingerprint",
                schema: "importcsv",
                table: "imports");
        }
    }
}
