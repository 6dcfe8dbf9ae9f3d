using System.Globalization;
using System.Text.RegularExpressions;
using ClusterPulse.Facts;

namespace ClusterPulse.Cli.Files.Cells;

/// <summary>Months as files write them.</summary>
internal static partial class PeriodText
{
    /// <summary>
    /// Reads 2026-10, 202610, 2026年10月, 2026/10, 2026.10, 2026-M10, a day of the month, and 2026年1—10月, which is the year to date.
    /// </summary>
    /// <param name="text">What stands in the cell.</param>
    /// <param name="month">The month as the API writes it; the text itself where it is none.</param>
    /// <returns>Whether it says that it is the year to date; null: it is no month.</returns>
    public static bool? Read(string text, out string month)
    {
        if (Month.TryParse(text, out _))
        {
            month = text;
            return false;
        }
        month = CellText.Fold(text);
        var match = Form().Match(month);
        if (!match.Success)
            return null;
        var number = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var day = match.Groups["d"] is { Success: true } d ? int.Parse(d.ValueSpan, CultureInfo.InvariantCulture) : 1;
        var year = int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        if (year == 0 || number is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, number))
            return null;
        month = new Month(year, number).ToString();
        return match.Groups["ytd"].Success;
    }

    [GeneratedRegex(
        """
        ^(?<y>[0-9]{4}) (
            (?<m>[0-9]{2})(?<d>[0-9]{2})?
          | \s*[-/.]\s*M?(?<m>[0-9]{1,2}) (\s*[-/.]\s*(?<d>[0-9]{1,2}) ([T\s]0{1,2}:00(:00)?)?)?
          | M(?<m>[0-9]{1,2})
          | \s*年\s*(?<ytd>0?1\s*月?\s*[-~至]\s*)? (?<m>[0-9]{1,2})\s*月份? (\s*(?<d>[0-9]{1,2})\s*[日号])?
        )$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Form();
}
