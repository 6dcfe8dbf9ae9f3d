using System.Text.RegularExpressions;
using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>What a header says of its column.</summary>
/// <param name="Field">What it is; null: not known.</param>
/// <param name="Unit">The unit as the header has it.</param>
/// <param name="Basis">The basis, where the header says it.</param>
internal readonly partial record struct HeaderReading(FileField? Field, string? Unit, Basis? Basis)
{
    /// <summary>Reads headers such as 工业总产值(千元), 1—10月出口交货值（万美元）, Output, thousand CNY, Exports (USD million, year to date).</summary>
    public static HeaderReading Of(string header)
    {
        var text = CellText.Fold(header).ToUpperInvariant();
        if (text.Length > 100)
            return default;
        string? unit = null;
        // What stands in brackets is a unit, a basis, or words to pass over; a unit also stands behind a comma or a slash.
        var rest = Brackets().Replace(text, inside => TakeUnits(inside.Groups[1].Value, ref unit, always: true));
        var at = rest.IndexOfAny([',', '/', ':']);
        if (at > 0)
            rest = rest[..at] + TakeUnits(rest[(at + 1)..], ref unit, always: false);
        var word = Blanks().Replace(rest, "");
        if (KnownHeaders.Comparisons.Any(c => word.Contains(c, StringComparison.Ordinal)))
            return default;
        var basis = TakeBasis(ref word);
        if (KnownHeaders.ByWord.TryGetValue(Undashed(word), out var field))
            return new(field, field.IsAmount() ? unit : null, field.IsAmount() ? basis : null);
        return default;
    }

    private static string TakeUnits(string text, ref string? unit, bool always)
    {
        var left = "";
        foreach (var part in text.Split([',', ';', '/']))
        {
            if (unit is null && Cells.Unit.TryParse(part, out _))
                unit = part.Trim();
            else
                left += part;
        }
        // 出口交货值(本年累计): the bracket says the basis, or it is a comparison; anything else in it does not change what the column is.
        var plain = Blanks().Replace(left, "");
        return !always || IsTelling(plain) ? left : "";
    }

    private static bool IsTelling(string text) =>
        Months().IsMatch(text) || KnownHeaders.Comparisons.Concat(KnownHeaders.YearToDate).Concat(KnownHeaders.Month).Any(w => text.Contains(w, StringComparison.Ordinal));

    private static Basis? TakeBasis(ref string word)
    {
        // 本月数 is a column's whole name, not a basis and a rest.
        if (KnownHeaders.ByWord.ContainsKey(Undashed(word)))
            return null;
        if (Months().IsMatch(word))
        {
            word = Months().Replace(word, "");
            return V1.Basis.YearToDate;
        }
        if (Take(KnownHeaders.YearToDate, ref word))
            return V1.Basis.YearToDate;
        return Take(KnownHeaders.Month, ref word) ? V1.Basis.Month : null;
    }

    private static string Undashed(string word) => word.Replace("-", "", StringComparison.Ordinal);

    private static bool Take(IReadOnlyList<string> words, ref string from)
    {
        foreach (var word in words)
        {
            if (!from.Contains(word, StringComparison.Ordinal))
                continue;
            from = from.Replace(word, "", StringComparison.Ordinal);
            return true;
        }
        return false;
    }

    [GeneratedRegex(@"[(\[{]([^()\[\]{}]*)[)\]}]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"[\s_*.:]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    /// <summary>January to a month.</summary>
    [GeneratedRegex(@"0?1月?[-~至]+(?:[2-9]|1[0-2]|0[2-9])月(?:累计)?", RegexOptions.CultureInvariant)]
    private static partial Regex Months();
}
