using System.Buffers;
using System.Net;
using System.Text;
using ImportCsv.Csv;
using ImportCsv.Importers;
using ImportCsv.Imports;

namespace Tollgate.ImportCsvTests;

/// <summary>What users type or upload does no harm to those who see or call it.</summary>
public sealed class HarmlessTests
{
    [Theory]
    [Trait("abuse", "X35")]
    [InlineData(".button { color: red; border-radius: 4px }", ".button { color: red; border-radius: 4px; }\n")]
    [InlineData("/* mine */ a:hover{COLOR:RGB(1,2,3)}", "a:hover { color: RGB(1,2,3); }\n")]
    [InlineData(
        ":host { --ic-accent: #0f766e; width: calc(100% - 2px) }",
        ":host { --ic-accent: #0f766e; width: calc(100% - 2px); }\n"
    )]
    [InlineData("", "")]
    public void Plain_rules_are_written_anew(string css, string written) =>
        Assert.Equal(written, CustomCss.Read(css).Value);

    [Theory]
    [Trait("abuse", "X35")]
    [InlineData("</style><script>alert(1)</script>")]
    [InlineData("@import 'https://evil.example/a.css';")]
    [InlineData("a { background: url(https://evil.example) }")]
    [InlineData("a { background: URL ('//evil.example') }")]
    [InlineData("a { background: u\\72l(//evil.example) }")]
    [InlineData("a { background: ur/**/l(//evil.example) }")]
    [InlineData("input[value^='a'] { color: red }")]
    [InlineData("a { width: expression(alert(1)) }")]
    [InlineData("a { background: image-set('a.png' 1x) }")]
    [InlineData("a { position: fixed }")]
    [InlineData("a { behavior: x }")]
    [InlineData("a { -moz-binding: x }")]
    [InlineData("a { content: 'x' }")]
    [InlineData("a { color: red")]
    [InlineData("a { color: red } }")]
    [InlineData("@media print { a { color: red } }")]
    public void What_loads_sends_or_breaks_out_is_refused(string css) =>
        Assert.IsType<CssNotAllowed>(CustomCss.Read(css).Refusal);

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "+1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("-1,5+cmd", "\"'-1,5+cmd\"")]
    [InlineData("-1\n", "\"'-1\n\"")]
    [InlineData("-", "'-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("a\n=b,=c", "\"a\n'=b,=c\"")]
    [InlineData("a\n- b", "\"a\n'- b\"")]
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("x; =1+1", "x;' =1+1")]
    [InlineData("x|@A1", "x|'@A1")]
    [InlineData("x\t=1", "x\t'=1")]
    [InlineData("x;-1", "x;-1")]
    [InlineData("x;-1+cmd", "x;'-1+cmd")]
    [InlineData("x,y;=1", "\"x,y;'=1\"")]
    [InlineData("x,y;-1;+2", "\"x,y;-1;+2\"")]
    [InlineData("x,y;-1,5+cmd", "\"x,y;'-1,5+cmd\"")]
    [InlineData("x;\"=1\"", "\"x;'\"\"=1\"\"\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("﹦1", "'﹦1")]
    [InlineData("x;＝1", "x;'＝1")]
    [InlineData("\"=a\"", "\"\"\"=a\"\"\"")]
    [InlineData("", "")]
    public void A_formula_is_text_in_the_result(string cell, string written)
    {
        var text = new CsvText();
        for (var row = 0; row < 2; row++)
        {
            text.Add(cell);
            text.Add(cell);
            text.EndRow();
        }

        var guarded = new ArrayBufferWriter<byte>();
        FormulaGuard.Write(text.Written.Span, guarded);

        Assert.Equal($"{written},{written}\r\n{written},{written}\r\n", Encoding.UTF8.GetString(guarded.WrittenSpan));
        Assert.DoesNotContain("'=", Encoding.UTF8.GetString(text.Written.Span), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("abuse", "X36")]
    [InlineData("-1", "5+cmd|' /C calc'!A0", "'-1,5+cmd|' /C calc'!A0\r\n")] // one cell where commas do not divide
    [InlineData("-1", "HYPERLINK(A1)", "'-1,HYPERLINK(A1)\r\n")]
    [InlineData("-1", "Ada", "-1,Ada\r\n")]
    [InlineData("a", "-1", "a,-1\r\n")]
    [InlineData("a", "", "a,\r\n")]
    public void A_number_that_another_delimiter_makes_a_formula_is_text(string one, string other, string written)
    {
        var text = new CsvText();
        text.Add(one);
        text.Add(other);
        text.EndRow();
        var guarded = new ArrayBufferWriter<byte>();
        FormulaGuard.Write(text.Written.Span, guarded);
        Assert.Equal(written, Encoding.UTF8.GetString(guarded.WrittenSpan));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zoë €", "Zoë €")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("", "\"\"")]
    public void A_row_is_written_so_that_it_reads_the_same(string cell, string written)
    {
        var text = new CsvText();
        text.Add(cell);
        text.EndRow(isBlank: cell is "");
        Assert.Equal($"{written}\r\n", Encoding.UTF8.GetString(text.Written.Span));
    }

    [Theory]
    [Trait("abuse", "X21")]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void Only_public_addresses_are_called(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));
}
