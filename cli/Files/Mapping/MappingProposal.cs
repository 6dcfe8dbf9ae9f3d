using System.Text;
using System.Text.RegularExpressions;
using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Files.Sdmx;
using ClusterPulse.Reference;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>A row from the beginning of a file.</summary>
internal readonly record struct SampleRow(long Line, string[] Cells);

/// <summary>Proposes how a file is read, from its headers, units, title lines and first values.</summary>
internal static partial class MappingProposal
{
    private const int FirstLines = 20;
    private const int Samples = 60;

    /// <summary>The first rows of a file.</summary>
    public static List<SampleRow> Sample(IFileRows rows)
    {
        var samples = new List<SampleRow>();
        while (samples.Count < Samples && rows.Read() && rows.Trouble is null)
            samples.Add(new(rows.Line, rows.Cells));
        return samples;
    }

    /// <summary>The first line that has all columns of a mapping; null: none has.</summary>
    public static long? HeaderLine(FileMapping mapping, IReadOnlyList<SampleRow> samples)
    {
        var columns = mapping.Columns.Where(c => c.Field is not null && !RejectsFile.Headers.Contains(c.Header)).Select(c => CellText.Fold(c.Header)).ToHashSet(StringComparer.Ordinal);
        foreach (var row in samples)
        {
            if (columns.IsSubsetOf(row.Cells.Select(CellText.Fold)))
                return row.Line;
        }
        return null;
    }

    /// <summary>The month that title lines name; null: none.</summary>
    public static string? PeriodOfTitles(IEnumerable<SampleRow> titles) =>
        PeriodOfTitle().Match(string.Join('\n', titles.SelectMany(r => r.Cells).Select(CellText.Fold))) is { Success: true } period
        && PeriodText.Read(period.Value, out _) is not null ? period.Value : null;

    /// <param name="samples">The first rows of the file.</param>
    /// <param name="file">Its name, for failures.</param>
    /// <param name="sheet">Which sheet was read; null: the first.</param>
    /// <param name="isSemicolon">Cells are separated by semicolons, as where a comma stands before decimals.</param>
    /// <exception cref="Server.CommandFailure">It has no row, or is of SDMX without a column that must be there.</exception>
    public static FileMapping Propose(IReadOnlyList<SampleRow> samples, string file, string? sheet, bool isSemicolon)
    {
        if (samples.Count == 0)
            throw FileTrouble.NoHeader(file, "");
        var first = samples[0];
        if (SdmxColumns.AreIn(first.Cells.Where(c => !RejectsFile.Headers.Contains(c))))
            return SdmxColumns.Map(first.Cells, file) with { HeaderLine = first.Line, Sheet = sheet };
        var at = HeaderRow(samples);
        var header = samples[at];
        var data = samples.Skip(at + 1).ToList();
        var columns = Columns(header.Cells, data);
        var title = string.Join('\n', samples.Take(at).SelectMany(r => r.Cells).Select(CellText.Fold));
        return new()
        {
            Columns = columns,
            HeaderLine = header.Line,
            Sheet = sheet,
            Unit = UnitOfTitle().Match(title) is { Success: true } unit && Unit.TryParse(unit.Groups[1].Value, out _) ? unit.Groups[1].Value : null,
            Period = columns.All(c => c.Field != FileField.Period) ? PeriodOfTitles(samples.Take(at)) : null,
            DecimalSign = isSemicolon && HasDecimalCommas(columns, data) ? ',' : null,
        };
    }

    /// <summary>The first line that names an enterprise and something said of it; else the one of which most is known.</summary>
    private static int HeaderRow(IReadOnlyList<SampleRow> samples)
    {
        var best = (At: 0, Known: 0);
        for (var i = 0; i < Math.Min(FirstLines, samples.Count); i++)
        {
            var fields = samples[i].Cells.Select(c => HeaderReading.Of(c).Field).Where(f => f is not null).Distinct().ToList();
            if (fields.Contains(FileField.Enterprise) && fields.Count > 1)
                return i;
            if (fields.Count > best.Known)
                best = (i, fields.Count);
        }
        return best.At;
    }

    private static List<ColumnMapping> Columns(string[] header, List<SampleRow> data)
    {
        var readings = header.Select((h, i) => HeaderReading.Of(h) is { Field: { } field } reading && Fits(h, field, i, data) ? reading : default).ToList();
        var taken = new Dictionary<FileField, int>();
        for (var i = 0; i < readings.Count; i++)
        {
            // Of the month and the year to date of one feed the month is read: a report is one of both.
            if (readings[i].Field is { } field && (!taken.TryGetValue(field, out var other)
                || (readings[other].Basis == Basis.YearToDate && readings[i].Basis != Basis.YearToDate)))
            {
                taken[field] = i;
            }
        }
        Guess(FileField.Enterprise, text => CreditCode.Check(CellText.Fold(text)) is CreditCodeCheck.Valid or CreditCodeCheck.BadOrganisationDigit);
        Guess(FileField.Period, text => text.Length is >= 6 and <= 12 && PeriodText.Read(text, out _) is not null);
        var fields = taken.ToDictionary(t => t.Value, t => t.Key);
        return [.. header.Select((h, i) => fields.TryGetValue(i, out var field)
            ? new ColumnMapping(h, field, readings[i].Unit, BasisWord(readings[i].Basis))
            : new ColumnMapping(h, RejectsFile.Headers.Contains(h) ? FileField.Ignore : null))];

        void Guess(FileField field, Func<string, bool> fits)
        {
            if (taken.ContainsKey(field) || data.Count == 0)
                return;
            for (var i = 0; i < header.Length; i++)
            {
                if (taken.ContainsValue(i) || !data.All(r => i < r.Cells.Length && fits(r.Cells[i])))
                    continue;
                taken[field] = i;
                return;
            }
        }
    }

    /// <summary>Headers that files use for other things too, as 单位 for a firm, are taken for what they say if a value under them is one.</summary>
    private static bool Fits(string header, FileField field, int column, List<SampleRow> data)
    {
        if (!KnownHeaders.Ambiguous.Contains(CellText.Fold(header).ToUpperInvariant()))
            return true;
        var values = data.Where(r => column < r.Cells.Length).Select(r => CellText.Fold(r.Cells[column])).Where(v => v.Length > 0).ToList();
        return values.Count == 0 || values.Exists(v => field switch
        {
            FileField.Enterprise => Ascii.IsValid(v),
            FileField.Unit => Unit.TryParse(v, out _),
            FileField.Feed => FileWords.Feed(v) is not null,
            FileField.Status => FileWords.Status(v) is not null,
            FileField.Action => FileWords.Action(v) is not null,
            _ => true,
        });
    }

    private static bool HasDecimalCommas(List<ColumnMapping> columns, List<SampleRow> data)
    {
        var places = columns.Select((c, i) => (c, i)).Where(c => c.c.Field?.IsAmount() == true).Select(c => c.i).ToList();
        return data.Any(r => places.Any(i => i < r.Cells.Length && DecimalComma().IsMatch(r.Cells[i])));
    }

    private static string? BasisWord(Basis? basis) => basis switch { Basis.YearToDate => "year_to_date", Basis.Month => "month", _ => null };

    [GeneratedRegex(@"(?:计量)?单位\s*:\s*(\S{1,10})", RegexOptions.CultureInvariant)]
    private static partial Regex UnitOfTitle();

    [GeneratedRegex(@"[0-9]{4}年(?:0?1月?\s*[-~至]\s*)?[0-9]{1,2}月", RegexOptions.CultureInvariant)]
    private static partial Regex PeriodOfTitle();

    /// <summary>A comma that cannot separate thousands.</summary>
    [GeneratedRegex(@"^\s*-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),(?:[0-9]{1,2}|[0-9]{4,})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();
}
