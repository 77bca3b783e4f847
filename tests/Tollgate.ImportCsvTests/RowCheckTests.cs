using ImportCsv.Importers;
using ImportCsv.Imports;

namespace Tollgate.ImportCsvTests;

/// <summary>What a column takes for a value of its own.</summary>
public sealed class RowCheckTests
{
    [Theory]
    [InlineData(ColumnType.Text, "anything", null)]
    [InlineData(ColumnType.Number, "-12.5", null)]
    [InlineData(ColumnType.Number, "1e3", null)]
    [InlineData(ColumnType.Number, "12,5", "not_a_number")]
    [InlineData(ColumnType.Number, "NaN", "not_a_number")]
    [InlineData(ColumnType.Integer, "42", null)]
    [InlineData(ColumnType.Integer, "4.2", "not_an_integer")]
    [InlineData(ColumnType.Date, "2026-02-28", null)]
    [InlineData(ColumnType.Date, "2026-02-28T12:30:00Z", null)]
    [InlineData(ColumnType.Date, "2026-02-30", "not_a_date")]
    [InlineData(ColumnType.Date, "28.02.2026", "not_a_date")]
    [InlineData(ColumnType.Boolean, "Yes", null)]
    [InlineData(ColumnType.Boolean, "perhaps", "not_a_boolean")]
    [InlineData(ColumnType.Email, "ada@example.com", null)]
    [InlineData(ColumnType.Email, "ada@example.com,bob@example.com", "not_an_email")]
    [InlineData(ColumnType.Url, "https://example.com/a", null)]
    [InlineData(ColumnType.Url, "javascript:alert(1)", "not_a_url")]
    [InlineData(ColumnType.Select, "free", null)]
    [InlineData(ColumnType.Select, "Free", "not_in_list")]
    public void A_value_is_what_its_type_says(ColumnType type, string value, string? fault) =>
        Assert.Equal(fault, new RowCheck(Column(type)).FindFault(value));

    [Fact]
    public void Numbers_have_a_range_texts_a_length_and_both_a_pattern()
    {
        var seats = new RowCheck(Column(ColumnType.Integer) with { Min = 1, Max = 500 });
        Assert.Equal("too_small", seats.FindFault("0"));
        Assert.Equal("too_large", seats.FindFault("501"));
        var name = new RowCheck(Column(ColumnType.Text) with { Min = 2, Max = 3, Pattern = "[A-Z]+" });
        Assert.Equal("too_small", name.FindFault("A"));
        Assert.Equal("too_large", name.FindFault("ABCD"));
        Assert.Equal("pattern_mismatch", name.FindFault("abc"));
        Assert.Null(name.FindFault("ABC"));
    }

    [Fact]
    public void Nothing_is_wrong_with_nothing_unless_it_is_required()
    {
        Assert.Null(new RowCheck(Column(ColumnType.Email)).FindFault(""));
        Assert.Equal("required_missing", new RowCheck(Column(ColumnType.Email) with { Required = true }).FindFault(""));
    }

    [Fact]
    public void A_pattern_takes_time_in_proportion_to_the_text()
    {
        var evil = new RowCheck(Column(ColumnType.Text) with { Pattern = "(a+)+b" });
        Assert.Equal("pattern_mismatch", evil.FindFault(new string('a', 100_000)));
    }

    [Theory]
    [InlineData("E-mail,Full name", null, "0,1,-1,-1")]
    [InlineData("full_name,EMAIL,more", null, "1,0,-1,-1")]
    [InlineData("email,", null, "0,-1,-1,-1")] // no name is like a symbol
    [InlineData("email,€,Discount", null, "0,-1,1,-1")]
    [InlineData("email,$,discount %", null, "0,-1,-1,2")]
    [InlineData("e mail,E-mail,email!", null, "1,-1,-1,-1")] // the one that is called exactly so
    [InlineData("a,b", "b:email", "1,-1,-1,-1")]
    [InlineData("a,b", "#0:email;b:name", "0,1,-1,-1")]
    [InlineData("a,a", "#1:email", "1,-1,-1,-1")]
    public void Columns_are_mapped_by_name_or_as_is_said(string header, string? mapping, string fields) =>
        Assert.Equal(fields, string.Join(',', Plan(header, mapping).Value!.Fields));

    [Theory]
    [InlineData("a,b", null)]
    [InlineData("name", null)]
    [InlineData("email", "email:other")]
    [InlineData("email", "mail:email")]
    [InlineData("email", "#1:email")]
    [InlineData("email,b", "email:email;b:email")]
    [InlineData("email,b", "email:email;#0:name")]
    [InlineData("email,email", null)]
    [InlineData("email,E-mail", null)] // key and label, each exactly
    [InlineData("email!,e mail", null)]
    [InlineData("email,name,Full name", null)]
    [InlineData("a,a", "a:email")]
    public void A_mapping_that_leads_nowhere_is_refused(string header, string? mapping) =>
        Assert.Equal("mapping_invalid", Plan(header, mapping).Refusal?.Code);

    private static Outcome<ColumnPlan> Plan(string header, string? mapping)
    {
        ImportColumn[] columns =
        [
            new("email", "E-mail", ColumnType.Email, Required: true),
            new("name", "Full name"),
            new("price", "€"),
            new("share", "Discount %"),
        ];
        var fields = header.Split(',');
        return ColumnPlan.Of(
            columns,
            fields,
            hasHeader: true,
            mapping?.Split(';').ToDictionary(pair => pair.Split(':')[0], pair => pair.Split(':')[1]),
            ColumnPlan.NamesOf(columns, fields).Distinct().ToDictionary(name => name, PlainNames.Plain)
        );
    }

    private static ImportColumn Column(ColumnType type) =>
        new("it", "It", type, Values: type == ColumnType.Select ? ["free", "pro"] : null);
}
