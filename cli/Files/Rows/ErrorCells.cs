using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Files.Rows;

/// <summary>
/// Cells of a sheet that hold an error (<c>#REF!</c>) or a formula without its result. The reader of workbooks gives them as empty
/// (ExcelDataReader issue 466), so that their value would go missing without a word.
/// </summary>
internal static class ErrorCells
{
    /// <summary>They are held in memory, and one that is not held would be read as empty: a sheet with more is refused as a whole.</summary>
    public const int Most = 100_000;

    private const int Letters = 26;

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true };

    /// <param name="archive">The workbook.</param>
    /// <param name="sheet">Its sheet; null: the first.</param>
    /// <returns>What stands in each, by row and column from 1 and from 0.</returns>
    /// <exception cref="InvalidDataException">There are more than <see cref="Most"/>.</exception>
    public static IReadOnlyDictionary<(long Row, int Column), string> Find(ZipArchive archive, string? sheet)
    {
        var found = new Dictionary<(long, int), string>();
        if (Part(archive, sheet) is not { } part || archive.GetEntry(part) is not { } entry)
            return found;
        using var xml = XmlReader.Create(entry.Open(), Safe);
        var (at, isError, hasFormula, hasValue, value) = ((0L, 0), false, false, false, "");
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "c":
                        (at, isError, hasFormula, hasValue, value) = (Place(xml.GetAttribute("r")), xml.GetAttribute("t") == "e", false, false, "");
                        break;
                    case "f":
                        hasFormula = true;
                        break;
                    case "v":
                        hasValue = !xml.IsEmptyElement;
                        break;
                }
            }
            else if (xml.NodeType == XmlNodeType.Text && isError)
            {
                value = xml.Value;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "c" && (isError || (hasFormula && !hasValue)))
            {
                if (found.Count == Most)
                    throw new InvalidDataException(Words.Of($"超过 {Most:N0} 个单元格含错误值，或含公式而无结果", $"more than {Most:N0} cells hold an error, or a formula without its result"));
                found[at] = isError ? (value.Length == 0 ? "#ERROR" : value) : "#FORMULA";
            }
        }
        return found;
    }

    /// <summary>Name of the part that holds a sheet.</summary>
    private static string? Part(ZipArchive archive, string? sheet)
    {
        string? id = null;
        foreach (var element in Elements(archive, "xl/workbook.xml", "sheet"))
        {
            if (sheet is not null && !string.Equals(element("name", ""), sheet, StringComparison.OrdinalIgnoreCase))
                continue;
            id = element("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                ?? element("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
            break;
        }
        foreach (var element in Elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"))
        {
            if (id is not null && element("Id", "") == id && element("Target", "") is { } target)
                return target.StartsWith('/') ? target[1..] : "xl/" + target;
        }
        return null;
    }

    private static IEnumerable<Func<string, string, string?>> Elements(ZipArchive archive, string part, string name)
    {
        if (archive.GetEntry(part) is not { } entry)
            yield break;
        using var xml = XmlReader.Create(entry.Open(), Safe);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                yield return (attribute, space) => xml.GetAttribute(attribute, space);
        }
    }

    /// <summary>Row and column of a reference such as B7.</summary>
    private static (long Row, int Column) Place(string? reference)
    {
        var (column, at) = (0, 0);
        while (reference is not null && at < reference.Length && at < 4 && char.IsAsciiLetterUpper(reference[at]))
            column = (column * Letters) + reference[at++] - 'A' + 1;
        return reference is not null && long.TryParse(reference.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? (row, column - 1) : (0, 0);
    }
}
