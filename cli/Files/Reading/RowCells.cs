using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Sdmx;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Registry;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using ClusterPulse.Validation;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>What the cells of one row say, and what is wrong with them.</summary>
internal sealed class RowCells
{
    private const int ShownCharacters = 200;

    private readonly ColumnPlan _plan;
    private readonly string[] _cells;

    public RowCells(ColumnPlan plan, long line, long lastLine, string[] cells)
    {
        (_plan, _cells, Line, LastLine) = (plan, cells, line, lastLine);
        Row = [ImmutableArray.Create(cells)];
        Enterprise = CellWords.Enterprise(Code(FileField.Enterprise));
        if (Enterprise.Length == 0)
            Wrong(FileField.Enterprise, Reasons.MissingField);
        Period = ReadPeriod(out var isYearToDate);
        Action = FileWords.Action(Code(FileField.Action)) ?? Unknown(FileField.Action, Reasons.UnknownWord, FileAction.Report);
        Basis = Word(FileField.Basis, FileWords.Basis, Reasons.UnknownWord) ?? (isYearToDate ? V1.Basis.YearToDate : plan.Basis);
        Status = Word(FileField.Status, FileWords.Status, Reasons.UnknownWord) ?? plan.Status ?? ReportStatus.Unspecified;
        Feed = Word(FileField.Feed, FileWords.Feed, Reasons.UnknownFeed) ?? (Code(FileField.Feed).Length == 0 ? plan.Feed : null);
        IsNil = Word(FileField.Nil, CellWords.Flag, Reasons.UnknownWord) ?? false;
        Revision = Count(FileField.Revision, Reasons.BadRevision);
        Note = Text(FileField.Note);
        if (plan.IsSdmx)
            CheckStructure();
    }

    /// <summary>The same row, for one of the reports that it makes.</summary>
    public RowCells(RowCells row)
    {
        (_plan, _cells, Line, LastLine, Row) = (row._plan, row._cells, row.Line, row.LastLine, row.Row);
        (Enterprise, Period, Action, Basis, Status) = (row.Enterprise, row.Period, row.Action, row.Basis, row.Status);
        (Feed, IsNil, Revision, Note, Problems) = (row.Feed, row.IsNil, row.Revision, row.Note, row.Problems);
    }

    public long Line { get; }

    public long LastLine { get; }

    /// <summary>The row as a file of rejects takes it.</summary>
    public ImmutableArray<ImmutableArray<string>> Row { get; }

    public ImmutableArray<FileProblem> Problems { get; private set; } = [];

    public string Enterprise { get; }

    public string Period { get; }

    public FileAction Action { get; }

    /// <summary>As the row or the file says; null: neither does.</summary>
    public Basis? Basis { get; }

    public ReportStatus Status { get; }

    /// <summary>Feed of the row; null: each column has its own, or it is not known.</summary>
    public Feed? Feed { get; }

    public bool IsNil { get; }

    public int Revision { get; }

    public string Note { get; }

    /// <summary>Nobody can say which report the row belongs to.</summary>
    public bool HasLostKey { get; private set; }

    /// <summary>What stands in a column, with full-width characters made plain; empty where there is none.</summary>
    public string Code(FileField field)
    {
        var text = CellText.Fold(Raw(field));
        return _plan.IsSdmx && text.Contains(": ", StringComparison.Ordinal) ? SdmxColumns.Id(text) : text;
    }

    /// <summary>Free text of a column, as it stands there.</summary>
    public string Text(FileField field) => Raw(field).Trim();

    /// <summary>What stands in a column with an amount.</summary>
    public string Text(AmountColumn column) => CellText.Fold(_cells[column.At]);

    /// <summary>An amount of money in minor units; null where it is none, which is told.</summary>
    public Money? Money(AmountColumn column)
    {
        var unit = UnitOf(column, out var power);
        if (unit is not { } known || known.Kind == UnitKind.Persons)
        {
            Wrong(column, Reasons.UnknownUnit, $"{Text(column)} {Code(FileField.Unit)}".Trim());
            return null;
        }
        var code = known.Kind == UnitKind.Money ? known.Currency : Code(FileField.Currency) is { Length: > 0 } own ? own.ToUpperInvariant() : _plan.Currency;
        if (code.Length == 0 || !CodeTables.Currencies.TryGet(code, out var currency))
        {
            Wrong(column, code.Length == 0 ? Reasons.UnknownUnit : Reasons.UnknownCurrency, code.Length == 0 ? Text(column) : code);
            return null;
        }
        return Amount(column, known.Power + power + currency.MinorUnits) is { } minor ? new() { Currency = currency.Code, MinorUnits = minor } : null;
    }

    /// <summary>A number of people; null where it is none, which is told.</summary>
    public long? Persons(AmountColumn column)
    {
        // What a title line says of all columns is said of money.
        var unit = column.Unit ?? (Code(FileField.Unit) is { Length: > 0 } own ? ReadUnit(own) : new Unit(UnitKind.Persons, "", 0));
        if (unit is { Kind: not UnitKind.Money } known)
            return Amount(column, known.Power + Multiplier());
        Wrong(column, Reasons.UnknownUnit, $"{Text(column)} {Code(FileField.Unit)}".Trim());
        return null;
    }

    /// <summary>A whole number that may be left out: then 0.</summary>
    public int Count(FileField field, string reason)
    {
        if (Code(field) is not { Length: > 0 } text)
            return 0;
        if (Quantity.Read(text, _plan.DecimalSign, 0, out var count) is null && count is >= 0 and <= int.MaxValue)
            return (int)count;
        Wrong(field, reason);
        return 0;
    }

    public void Wrong(FileField field, string reason, string? rule = null) => Wrong(_plan.HeaderOf(field), Raw(field), reason, rule);

    public void Wrong(AmountColumn column, string reason, string? value = null) => Wrong(_plan.Header[column.At], value ?? _cells[column.At], reason, null);

    public void Wrong(string column, string value, string reason, string? rule) =>
        Problems = Problems.Add(new(Line, column, value.Length <= ShownCharacters ? value : value[..ShownCharacters], reason, rule ?? ReasonWords.Of(reason)));

    /// <summary>Rows whose report has lines: a row that may belong to any report leaves the ones beside it in doubt.</summary>
    public void CheckKey()
    {
        HasLostKey = Problems.Length > 0 || EnterpriseName.Parse(Enterprise).Id is null;
        if (Enterprise.Length > 0 && EnterpriseName.Parse(Enterprise) is (null, { } reason))
            Wrong(FileField.Enterprise, reason);
    }

    private string Raw(FileField field) => _plan.At(field) is >= 0 and var at ? _cells[at] : "";

    private string ReadPeriod(out bool isYearToDate)
    {
        var text = _plan.At(FileField.Period) >= 0 ? Code(FileField.Period) : _plan.Period ?? "";
        var read = PeriodText.Read(text, out var period);
        isYearToDate = read == true;
        if (read is null)
            Wrong(FileField.Period, text.Length == 0 ? Reasons.MissingField : Reasons.MalformedPeriod);
        return period;
    }

    private T? Word<T>(FileField field, Func<string, T?> read, string reason) where T : struct
    {
        if (Code(field) is not { Length: > 0 } word)
            return null;
        var known = read(word);
        if (known is null)
            Wrong(field, reason);
        return known;
    }

    private T Unknown<T>(FileField field, string reason, T otherwise)
    {
        Wrong(field, reason);
        return otherwise;
    }

    private Unit? UnitOf(AmountColumn column, out int power)
    {
        power = Multiplier();
        if (column.Unit is { } own)
            return own;
        if (Code(FileField.Unit) is { Length: > 0 } text)
            return ReadUnit(text);
        return _plan.Unit ?? new Unit(UnitKind.Multiple, "", 0);
    }

    private Unit? ReadUnit(string text) => _plan.IsSdmx && text == "PERS" ? new(UnitKind.Persons, "", 0) : Unit.TryParse(text, out var unit) ? unit : null;

    private int Multiplier()
    {
        if (Code(FileField.UnitMultiplier) is not { Length: > 0 } text)
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var power) && power <= 12)
            return power;
        Wrong(FileField.UnitMultiplier, Reasons.UnknownUnit);
        return 0;
    }

    private long? Amount(AmountColumn column, int power)
    {
        var text = Text(column);
        if (_plan.RefusesCommas && text.Contains(','))
        {
            Wrong(_plan.Header[column.At], text, Reasons.MalformedNumber, Words.Of(
                "分号分隔的文件中逗号含义不明：请在映射中注明 decimal_sign。", "With semicolons between cells a comma may stand before decimals: say decimal_sign in the mapping."));
            return null;
        }
        if (Quantity.Read(text, _plan.DecimalSign, power, out var amount) is not { } reason)
            return amount;
        Wrong(column, text.Length == 0 ? Reasons.MissingField : reason);
        return null;
    }

    private void CheckStructure()
    {
        if (Code(FileField.Structure) is not ("dataflow" or "datastructure" or "DATAFLOW" or "DATASTRUCTURE" or "dataprovision"))
            Wrong(FileField.Structure, Reasons.UnknownStructure);
        if (!Code(FileField.StructureId).StartsWith(SdmxColumns.StructureId, StringComparison.Ordinal))
            Wrong(FileField.StructureId, Reasons.UnknownStructure);
        if (Code(FileField.Action).Length == 0)
            Wrong(FileField.Action, Reasons.UnknownStructure);
        if (Code(FileField.Frequency) is { Length: > 0 } and not "M")
            Wrong(FileField.Frequency, Reasons.UnknownStructure);
    }
}
