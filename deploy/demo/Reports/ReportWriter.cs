using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>Turns a slip into the message that the bureau sends.</summary>
internal sealed class ReportWriter(MonthlyFigures figures)
{
    private const long FirstGuess = 930_000;
    private const long Contracted = 1_600_000;
    private const int NewestQuarter = DemoFacts.Months - 3;

    private readonly PurchaseLines purchases = new(figures);

    public Report Write(Slip slip)
    {
        var report = new Report
        {
            Enterprise = slip.Firm.ResourceName,
            Feed = slip.Feed,
            Period = DemoMonth.Name(slip.Month),
            Basis = Basis.Month,
            Revision = slip.Revision,
            Status = slip.Corrected ? ReportStatus.Estimated
                : slip.Month >= NewestQuarter ? ReportStatus.Provisional
                : ReportStatus.Final,
        };
        Fill(report, slip);
        report.Nil = report.BodyCase == Report.BodyOneofCase.None;
        return report;
    }

    private void Fill(Report report, Slip slip)
    {
        switch (slip.Feed)
        {
            case Feed.Output:
                report.Output = new OutputReport { Value = Money(slip, Guess(slip, figures.Output(slip.Firm, slip.Month))) };
                break;
            case Feed.Export when figures.Export(slip.Firm, slip.Month) is > 0 and var value:
                report.Export = new ExportReport { Value = Money(slip, Guess(slip, value)) };
                break;
            case Feed.Employment:
                var persons = MonthlyFigures.Persons(slip.Firm, slip.Month);
                report.Employment = new EmploymentReport { Persons = slip.Corrected ? persons + 3 : persons };
                break;
            case Feed.Fdi when figures.Utilised(slip.Firm, slip.Month) is not 0 and var utilised:
                report.Fdi = Investment(slip, Guess(slip, utilised));
                break;
            case Feed.Linkage:
                FillLinkage(report, slip);
                break;
        }
    }

    /// <summary>A first guess names an import that the correction drops.</summary>
    private void FillLinkage(Report report, Slip slip)
    {
        List<LinkageLine> lines = [.. purchases.Of(slip.Firm, slip.Month)];
        if (slip.Corrected)
            lines.Add(new LinkageLine { SourceEconomy = "TH", Purchases = Money(slip, Ppm.Of(figures.Output(slip.Firm, slip.Month), 40_000)) });
        if (lines.Count > 0)
            report.Linkage = new LinkageReport { Lines = { lines } };
    }

    private static FdiReport Investment(Slip slip, long utilised)
    {
        var fdi = slip.Firm.Fdi!;
        var second = fdi.SecondSource.Length > 0 && utilised > 0 ? utilised / 5 : 0;
        var report = new FdiReport
        {
            Lines =
            {
                new FdiLine
                {
                    SourceEconomy = fdi.Source,
                    UltimateSourceEconomy = fdi.Ultimate,
                    Investor = fdi.Investor,
                    Utilised = Dollars(utilised - second),
                    Contracted = Dollars(Math.Max(0, Ppm.Of(utilised - second, Contracted))),
                    ProjectCount = utilised > 0 ? 1 : 0,
                },
            },
        };
        if (second > 0)
            report.Lines.Add(new FdiLine { SourceEconomy = fdi.SecondSource, Utilised = Dollars(second), Contracted = Dollars(second) });
        return report;
    }

    private static long Guess(Slip slip, long value) => slip.Corrected ? Ppm.Of(value, FirstGuess) : value;

    private static Money Money(Slip slip, long minorUnits) => new() { Currency = slip.Firm.Currency, MinorUnits = minorUnits };

    private static Money Dollars(long cents) => new() { Currency = "USD", MinorUnits = cents };
}
