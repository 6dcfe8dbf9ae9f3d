using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Registry;
using ClusterPulse.Ingest;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>Lines of reports that have several, each from one row.</summary>
internal static class LineCells
{
    public static FdiLine Fdi(RowCells row, AmountColumn utilised, ColumnPlan plan)
    {
        var line = new FdiLine
        {
            SourceEconomy = row.Code(FileField.Source).ToUpperInvariant(),
            UltimateSourceEconomy = row.Code(FileField.UltimateSource).ToUpperInvariant(),
            Investor = row.Text(FileField.Investor),
            ProjectCount = row.Count(FileField.ProjectCount, Reasons.MalformedNumber),
        };
        if (plan.At(FileField.Counterpart) >= 0)
        {
            line.SourceEconomy = row.Code(FileField.Counterpart).ToUpperInvariant();
            if (row.Code(FileField.CounterpartKind) is { Length: > 0 } and not "ECONOMY")
                row.Wrong(FileField.CounterpartKind, Reasons.UnknownWord);
        }
        if (row.Money(utilised) is { } money)
            line.Utilised = money;
        if (plan.Amounts.FirstOrDefault(a => a.Field == FileField.Contracted) is { } contracted && row.Text(contracted).Length > 0
            && row.Money(contracted) is { } agreed)
        {
            line.Contracted = agreed;
        }
        return line;
    }

    public static LinkageLine Linkage(RowCells row, AmountColumn purchases)
    {
        var line = new LinkageLine();
        var said = 0;
        Say(FileField.Supplier, code => line.Enterprise = CellWords.Enterprise(code));
        Say(FileField.SupplierCode, code => line.UnregisteredCode = code);
        Say(FileField.SupplierRegion, code => line.Region = code);
        Say(FileField.SupplierEconomy, code => line.SourceEconomy = code.ToUpperInvariant());
        if (row.Code(FileField.Counterpart) is { Length: > 0 } counterpart)
        {
            said++;
            Counterpart(row, line, counterpart);
        }
        if (said == 0)
            row.Wrong(FileField.Supplier, Reasons.MissingField);
        else if (said > 1)
            row.Wrong(FileField.Supplier, Reasons.BodyMismatch, Language.Words.Of("供应商只能以一种方式注明。", "A supplier is named in one way: by its code, a region or an economy."));
        if (row.Money(purchases) is { } money)
            line.Purchases = money;
        return line;

        void Say(FileField field, Action<string> take)
        {
            if (row.Code(field) is not { Length: > 0 } code)
                return;
            said++;
            take(code);
        }
    }

    private static void Counterpart(RowCells row, LinkageLine line, string code)
    {
        switch (row.Code(FileField.CounterpartKind))
        {
            case "ENTERPRISE":
                line.Enterprise = CellWords.Enterprise(code);
                break;
            case "CODE":
                line.UnregisteredCode = code;
                break;
            case "REGION":
                line.Region = code;
                break;
            case "ECONOMY":
                line.SourceEconomy = code.ToUpperInvariant();
                break;
            default:
                row.Wrong(FileField.CounterpartKind, Reasons.UnknownWord);
                break;
        }
    }
}
