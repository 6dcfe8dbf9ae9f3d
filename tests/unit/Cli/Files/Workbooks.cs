using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace ClusterPulse.UnitTests.Cli.Files;

/// <summary>Workbooks made by hand, so that they can be made wrongly.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A workbook whose sheets hold these rows; what looks like a number is one.</summary>
    public static byte[] Make(params (string Name, string[][] Rows)[] sheets) => Make([.. sheets.Select(s => (s.Name, Sheet(s.Rows)))]);

    /// <summary>A workbook whose sheets are this XML.</summary>
    public static byte[] Make(IReadOnlyList<(string Name, string Xml)> sheets, params (string Name, byte[] Content)[] more)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            var (list, relations, types) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
            for (var i = 1; i <= sheets.Count; i++)
            {
                list.Append(CultureInfo.InvariantCulture, $"""<sheet name="{SecurityElement.Escape(sheets[i - 1].Name)}" sheetId="{i}" r:id="rId{i}"/>""");
                relations.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Relations}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
                types.Append(CultureInfo.InvariantCulture, $"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""");
                Add($"xl/worksheets/sheet{i}.xml", Encoding.UTF8.GetBytes(sheets[i - 1].Xml));
            }
            AddText("[Content_Types].xml",
                $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>""");
            AddText("_rels/.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            AddText("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>{list}</sheets></workbook>""");
            AddText("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>""");
            AddText("xl/styles.xml",
                $"""<styleSheet xmlns="{Main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>""");
            foreach (var (name, content) in more)
                Add(name, content);

            void AddText(string name, string xml) => Add(name, Encoding.UTF8.GetBytes(xml));

            void Add(string name, byte[] content)
            {
                using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(content);
            }
        }
        return stream.ToArray();
    }

    /// <summary>XML of a sheet. A cell that begins with <c>&lt;c</c> is taken as it is; <c>date:</c> goes before the number of a day.</summary>
    public static string Sheet(string[][] rows)
    {
        var xml = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetData>""");
        for (var r = 0; r < rows.Length; r++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<row r="{r + 1}">""");
            for (var c = 0; c < rows[r].Length; c++)
                xml.Append(Cell(rows[r][c], $"{(char)('A' + c)}{r + 1}"));
            xml.Append("</row>");
        }
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static string Cell(string text, string reference)
    {
        if (text.Length == 0)
            return "";
        if (text.StartsWith("<c", StringComparison.Ordinal))
            return text.Replace("<c", $"""<c r="{reference}" """, StringComparison.Ordinal);
        if (text.StartsWith("date:", StringComparison.Ordinal))
            return $"""<c r="{reference}" s="1"><v>{text["date:".Length..]}</v></c>""";
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && text.Length < 16
            ? $"""<c r="{reference}"><v>{text}</v></c>"""
            : $"""<c r="{reference}" t="inlineStr"><is><t>{SecurityElement.Escape(text)}</t></is></c>""";
    }
}
