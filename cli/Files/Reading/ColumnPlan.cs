using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Files.Sdmx;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>A column with an amount.</summary>
/// <param name="At">Its place in the row.</param>
/// <param name="Field">What it says.</param>
/// <param name="Unit">Its unit, where the header or the mapping says it.</param>
/// <param name="Basis">Its basis, where the header or the mapping says it.</param>
internal sealed record AmountColumn(int At, FileField Field, Unit? Unit, Basis? Basis);

/// <summary>Which cell of a row says what: a mapping that is laid on a file's header.</summary>
internal sealed class ColumnPlan
{
    private readonly int[] _places = new int[Enum.GetValues<FileField>().Length];

    /// <exception cref="Server.CommandFailure">The mapping does not fit the file, or leaves open what must be known.</exception>
    public ColumnPlan(FileMapping mapping, IReadOnlyList<string> header, bool isSemicolon, string file)
    {
        Header = header;
        IsSdmx = SdmxColumns.AreIn(header.Where(h => !RejectsFile.Headers.Contains(h)));
        Array.Fill(_places, -1);
        var amounts = new List<AmountColumn>();
        var unmapped = Enumerable.Range(0, header.Count).ToHashSet();
        foreach (var column in mapping.Columns)
        {
            var at = Place(column.Header, header, unmapped);
            if (at < 0 && column.Field is not null && !RejectsFile.Headers.Contains(column.Header))
                throw FileTrouble.Mapping(file, $"文件没有映射中的列“{column.Header}”", $"the file has no column '{column.Header}' as the mapping says");
            if (at < 0 || column.Field is not { } field)
                continue;
            unmapped.Remove(at);
            if (field == FileField.Ignore)
                continue;
            if (_places[(int)field] >= 0)
                throw FileTrouble.Mapping(file, $"两列映射为同一字段 {field.Word()}", $"two columns are mapped to {field.Word()}");
            _places[(int)field] = at;
            if (field.IsAmount())
                amounts.Add(new(at, field, Read(column.Unit), FileWords.Basis(column.Basis ?? "")));
        }
        Amounts = [.. amounts.OrderBy(a => a.At)];
        Unmapped = [.. unmapped.Order().Select(i => header[i]).Where(h => h.Trim().Length > 0 && !RejectsFile.Headers.Contains(h))];
        Unit = Read(mapping.Unit);
        Currency = mapping.Currency ?? "";
        Feed = mapping.Feed is null ? null : FileWords.Feed(mapping.Feed);
        Basis = mapping.Basis is null ? null : FileWords.Basis(mapping.Basis);
        Status = mapping.Status is null ? null : FileWords.Status(mapping.Status);
        Period = mapping.Period;
        DecimalSign = mapping.DecimalSign ?? '.';
        RefusesCommas = isSemicolon && mapping.DecimalSign is null;
        HasLines = At(FileField.Utilised) >= 0 || At(FileField.Purchases) >= 0
            || (At(FileField.Value) >= 0 && (At(FileField.Feed) >= 0 || Feed is V1.Feed.Fdi or V1.Feed.Linkage));
        Check(file);
    }

    /// <summary>The file's header.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Headers that nothing is read from, and that nobody said to leave out.</summary>
    public IReadOnlyList<string> Unmapped { get; }

    /// <summary>Columns with amounts, in the file's order.</summary>
    public IReadOnlyList<AmountColumn> Amounts { get; }

    /// <summary>The file is SDMX-CSV.</summary>
    public bool IsSdmx { get; }

    /// <summary>Some rows are lines of a report of several.</summary>
    public bool HasLines { get; }

    public Unit? Unit { get; }

    public string Currency { get; }

    public Feed? Feed { get; }

    public Basis? Basis { get; }

    public ReportStatus? Status { get; }

    public string? Period { get; }

    public char DecimalSign { get; }

    /// <summary>Commas in numbers may be of thousands or of decimals, and nobody said which.</summary>
    public bool RefusesCommas { get; }

    /// <summary>Place of a field's column; -1: there is none.</summary>
    public int At(FileField field) => _places[(int)field];

    /// <summary>Header of a field's column; the field where the file has none for it.</summary>
    public string HeaderOf(FileField field) => At(field) is >= 0 and var at ? Header[at] : field.Word();

    private void Check(string file)
    {
        var missing = new List<string>();
        if (At(FileField.Enterprise) < 0)
            missing.Add(Name(FileField.Enterprise));
        if (At(FileField.Period) < 0 && Period is null)
            missing.Add(Name(FileField.Period));
        if (!Amounts.Any(a => a.Field.MakesReport()))
            missing.Add(Name(FileField.Value));
        else if (At(FileField.Value) >= 0 && At(FileField.Feed) < 0 && Feed is null)
            missing.Add(Name(FileField.Feed));
        if (missing.Count > 0)
            throw FileTrouble.NoHeader(file, string.Join(", ", missing));
        if (At(FileField.Unit) >= 0 || At(FileField.Currency) >= 0 || Unit is not null || Currency.Length > 0)
            return;
        var open = Amounts.Where(a => a.Field != FileField.Employment && (a.Unit is null || a.Unit.Value.Kind == UnitKind.Multiple)).Select(a => Header[a.At]).ToList();
        if (open.Count > 0)
            throw FileTrouble.NoUnit(file, string.Join(", ", open));
    }

    private static string Name(FileField field) => KnownHeaders.Words.TryGetValue(field, out var words) ? $"{words[0]} ({field.Word()})" : field.Word();

    private static Unit? Read(string? unit) => unit is not null && Cells.Unit.TryParse(unit, out var known) ? known : null;

    private static int Place(string column, IReadOnlyList<string> header, HashSet<int> free)
    {
        var plain = CellText.Fold(column);
        for (var i = 0; i < header.Count; i++)
        {
            if (free.Contains(i) && CellText.Fold(header[i]) == plain)
                return i;
        }
        return -1;
    }
}
