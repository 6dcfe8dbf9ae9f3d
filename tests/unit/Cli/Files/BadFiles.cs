using System.Text;
using static ClusterPulse.UnitTests.Cli.Files.FileText;

namespace ClusterPulse.UnitTests.Cli.Files;

/// <summary>A file that something is wrong with.</summary>
/// <param name="What">What was done to it, for messages.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Whole">The file before, whose reports are the only ones that may come of it; null: digits may have become others.</param>
/// <param name="MustComplain">Nobody could take it for whole.</param>
internal sealed record BadFile(string What, byte[] Bytes, byte[]? Whole, bool MustComplain);

/// <summary>Makes malformed files without end, the same ones from the same seed.</summary>
internal sealed class BadFiles(int seed)
{
    private static readonly string[] Hostile =
    [
        "=HYPERLINK(\"http://x\",\"y\")", "+1+1", "@SUM(A1)", "-2+3", "=cmd|' /C calc'!A0", "NaN", "Infinity", "1e999", "0x1F", "٣", "½", "1 2", "--5", "1.2.3", "1,2,3",
        "<script>alert(1)</script>", "'; DROP TABLE reports; --", "../../etc/passwd", "%00", "\u202E12", "null", "TRUE", "#REF!", "𝟙", "\u200B",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next one.</summary>
    public BadFile Next()
    {
        var table = Table();
        return _random.Next(12) switch
        {
            0 => Truncated(table),
            1 => Torn(table),
            2 => Quoted(table),
            3 => HostileCell(table),
            4 => WrongEncoding(table),
            5 => Headless(table),
            6 => Huge(table),
            7 => BadGzip(table),
            8 => BadWorkbook(table),
            9 => Noise(table),
            10 => Flipped(table),
            _ => BadSdmx(),
        };
    }

    private BadFile Truncated(string[][] table)
    {
        // Within a row, so that it shows: a file that ends between two rows is whole.
        var whole = Text(table);
        var rows = whole.TrimEnd('\n').Split('\n');
        var keep = _random.Next(1, rows.Length);
        var length = _random.Next(2, rows[keep].Length);
        // An empty last cell is one that may be empty.
        var cut = string.Join('\n', rows[..keep]) + "\n" + rows[keep][..(rows[keep].LastIndexOf(',') == length - 1 ? length - 1 : length)];
        return Bad("truncated", cut, whole);
    }

    private BadFile Torn(string[][] table)
    {
        var whole = Text(table);
        var rows = whole.TrimEnd('\n').Split('\n');
        var at = _random.Next(1, rows.Length);
        var commas = Enumerable.Range(0, rows[at].Length).Where(i => rows[at][i] == ',').ToArray();
        var comma = commas[_random.Next(commas.Length)];
        rows[at] = _random.Next(2) == 0 ? rows[at].Remove(comma, 1) : rows[at].Insert(comma, ",x");
        return Bad("torn", string.Join('\n', rows) + "\n", whole);
    }

    private BadFile Quoted(string[][] table)
    {
        var whole = Text(table);
        var rows = whole.TrimEnd('\n').Split('\n');
        var at = _random.Next(1, rows.Length);
        // In the middle of a cell, or open at its beginning.
        rows[at] = _random.Next(2) == 0 ? rows[at].Insert(2, "\"") : "\"" + rows[at];
        return Bad("quoted", string.Join('\n', rows) + "\n", whole);
    }

    private BadFile HostileCell(string[][] table)
    {
        var whole = Text(table);
        var (row, column) = (table[_random.Next(1, table.Length)], _random.Next(table[0].Length));
        var hostile = _random.Next(4) == 0 ? new string('9', _random.Next(30, 3_000)) : Hostile[_random.Next(Hostile.Length)];
        row[column] = hostile;
        return Bad("hostile " + hostile[..Math.Min(20, hostile.Length)], Text(table), whole);
    }

    private BadFile WrongEncoding(string[][] table)
    {
        var whole = Encoding.UTF8.GetBytes(Text(table));
        var lines = Text(table).TrimEnd('\n').Split('\n');
        var at = _random.Next(1, lines.Length);
        byte[][] broken = [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF5, 0x80], [0x80], [0], [0x1B], [0xEF, 0xBF, 0xBD]];
        var bad = broken[_random.Next(broken.Length)];
        var bytes = lines.SelectMany((l, i) => i == at ? [.. bad, .. Encoding.UTF8.GetBytes(l), (byte)'\n'] : Encoding.UTF8.GetBytes(l + "\n")).ToArray();
        return new("encoding", bytes, whole, true);
    }

    private BadFile Headless(string[][] table)
    {
        var whole = Text(table);
        var header = table[0];
        switch (_random.Next(4))
        {
            case 0:
                return Bad("no header", string.Join('\n', whole.Split('\n')[1..]), whole);
            case 1:
                header[_random.Next(2)] = "某列";
                return new("a column unknown", Encoding.UTF8.GetBytes(Text(table)), Encoding.UTF8.GetBytes(whole), MustComplain: false);
            case 2:
                header[2] = header[2].Split('(')[0];
                return new("no unit", Encoding.UTF8.GetBytes(Text(table)), Encoding.UTF8.GetBytes(whole), MustComplain: true);
            default:
                return Bad("header alone", whole.Split('\n')[0].Replace("报告期", "", StringComparison.Ordinal), whole);
        }
    }

    private BadFile Huge(string[][] table)
    {
        var whole = Text(table);
        var rows = whole.TrimEnd('\n').Split('\n');
        var at = _random.Next(1, rows.Length);
        rows[at] = _random.Next(3) switch
        {
            0 => new string(',', 120_000) + "x",
            1 => new string('x', 120_000) + rows[at],
            _ => string.Concat(Enumerable.Repeat("\"\n\",", 40_000)),
        };
        return Bad("huge", string.Join('\n', rows) + "\n", whole);
    }

    private BadFile BadGzip(string[][] table)
    {
        var whole = Encoding.UTF8.GetBytes(Text(table));
        var packed = Gzip(whole);
        switch (_random.Next(4))
        {
            case 0:
                return new("gzip truncated", packed[.._random.Next(2, packed.Length - 8)], whole, true);
            case 1:
                // The check sum of the content.
                packed[^(5 + _random.Next(4))] ^= (byte)(1 + _random.Next(255));
                return new("gzip corrupt", packed, whole, true);
            case 2:
                return new("gzip in gzip", Gzip(packed), whole, true);
            default:
                return new("gzip bomb", Gzip([.. whole, .. new byte[(1 << 18) + _random.Next(1 << 16)]]), whole, true);
        }
    }

    private BadFile BadWorkbook(string[][] table)
    {
        var whole = Encoding.UTF8.GetBytes(Text(table));
        var xml = Workbooks.Sheet(table);
        var row = table[_random.Next(1, table.Length)];
        switch (_random.Next(8))
        {
            case 0:
                return Book("cut XML", xml[.._random.Next(xml.IndexOf("</row>", StringComparison.Ordinal), xml.Length - 30)], false);
            case 1:
                return Book("unclosed", xml.Replace("</row></sheetData>", "</row><row></sheetData>", StringComparison.Ordinal), true);
            case 2:
                return Book("entities", "<!DOCTYPE a [<!ENTITY b \"" + new string('c', 99) + "\"><!ENTITY d \"&b;&b;&b;&b;\">]>" + xml.Replace(Firm, "&d;", StringComparison.Ordinal), true);
            case 3:
                return Book("bomb", xml.Replace("</sheetData>", "<row r=\"99\"><c><v>" + new string('0', 1 << 18) + "</v></c></row></sheetData>", StringComparison.Ordinal), true);
            case 4:
                row[2] = "<c t=\"e\"><v>#DIV/0!</v></c>";
                return Book("error cell", Workbooks.Sheet(table), true);
            case 5:
                return Book("nested", xml.Replace("<sheetData>", string.Concat(Enumerable.Repeat("<x>", 2_000)) + "<sheetData>", StringComparison.Ordinal), true);
            case 6:
                var truncated = Workbooks.Make([("s", xml)]);
                return new("zip truncated", truncated[.._random.Next(4, truncated.Length - 30)], whole, true);
            default:
                var flipped = Workbooks.Make([("s", xml)]);
                for (var i = 0; i < 5; i++)
                    flipped[4 + _random.Next(flipped.Length - 4)] ^= (byte)(1 + _random.Next(255));
                return new("zip flipped", flipped, null, false);
        }

        BadFile Book(string what, string sheet, bool must) => new("workbook " + what, Workbooks.Make([("s", sheet)]), whole, must);
    }

    private BadFile Noise(string[][] table)
    {
        var noise = new byte[_random.Next(1, 2_000)];
        _random.NextBytes(noise);
        byte[][] starts = [[], "PK\x03\x04"u8.ToArray(), [0x1F, 0x8B, 8], [0xD0, 0xCF, 0x11, 0xE0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], "%PDF-1.7"u8.ToArray()];
        var start = starts[_random.Next(starts.Length)];
        return _random.Next(3) > 0
            ? new("noise", [.. start, .. noise], [], true)
            : new("noise behind rows", [.. Encoding.UTF8.GetBytes(Text(table)), 0, .. noise, 0xFF], Encoding.UTF8.GetBytes(Text(table)), true);
    }

    private BadFile Flipped(string[][] table)
    {
        var bytes = Encoding.UTF8.GetBytes(Text(table));
        for (var i = _random.Next(1, 20); i > 0; i--)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return new("flipped", bytes, null, false);
    }

    private BadFile BadSdmx()
    {
        const string Header = "STRUCTURE,STRUCTURE_ID,ACTION,ENTERPRISE,FEED,COUNTERPART_KIND,COUNTERPART,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE";
        string[] row = ["dataflow", "CLUSTERPULSE:REPORTS(1.0)", "I", Firm, "OUTPUT", "_Z", "", "2026-09", "1", "CNY"];
        string[] Other(int at, string cell) => [.. row.Select((c, i) => i == at ? cell : c)];
        var whole = Header + "\n" + string.Join(',', row) + "\n";
        var bad = _random.Next(8) switch
        {
            0 => Header.Replace(",ACTION", "", StringComparison.Ordinal) + "\n" + string.Join(',', row),
            1 => Header.Replace("OBS_VALUE", "VALUE", StringComparison.Ordinal) + "\n" + string.Join(',', row),
            2 => Header + "\n" + string.Join(',', Other(0, "nothing")),
            3 => Header + "\n" + string.Join(',', Other(1, "A:B(2.0)")),
            4 => Header + "\n" + string.Join(',', Other(2, "Z")),
            5 => Header + "\n" + string.Join(',', Other(7, "2026-Q3")),
            6 => Header + "\n" + string.Join(',', Other(8, Hostile[_random.Next(Hostile.Length - 10)].Replace("\"", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) + "x")),
            _ => Header + "\n" + string.Join(',', row[..^_random.Next(1, row.Length)]),
        };
        return Bad("sdmx", bad, whole);
    }

    private static BadFile Bad(string what, string text, string whole) => new(what, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(whole), true);

    /// <summary>A whole table, wide or of lines. Its last column takes certain words only, so that a row that is cut shows.</summary>
    private string[][] Table()
    {
        var isWide = _random.Next(2) == 0;
        string[] header = isWide
            ? ["企业代码", "报告期", "工业总产值(千元)", "出口交货值(万美元)", "从业人员(人)", "数据状态"]
            : ["企业代码", "报告期", "实际使用外资(万美元)", "来源地", "项目数", "数据状态"];
        var rows = new List<string[]> { header };
        for (var month = 1; month <= _random.Next(3, 12); month++)
        {
            var period = $"2025-{month:D2}";
            if (isWide)
            {
                rows.Add([Firm, period, $"{_random.Next(100_000)}", $"{_random.Next(1_000)}.5", $"{_random.Next(500)}", "final"]);
                continue;
            }
            foreach (var source in new[] { "JP", "HK", "DE" }[.._random.Next(1, 4)])
                rows.Add([Firm, period, $"{_random.Next(100_000)}", source, $"{_random.Next(9)}", "final"]);
        }
        return [.. rows];
    }

    private static string Text(string[][] table) => string.Concat(table.Select(r => string.Join(',', r.Select(Cell)) + "\n"));

    private static string Cell(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
}
