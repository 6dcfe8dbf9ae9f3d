using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Reports;

/// <summary>A dozen reports with one mistake each, otherwise right, on rows that the good ones have answered already.</summary>
internal static class BadReports
{
    /// <summary>The check character of the demo's codes, one further on in the alphabet.</summary>
    private const string NextCheck = "123456789ABCDEFGHJKLMNPQRTUWXY0";
    private const string Checks = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static IEnumerable<Report> Around(Report stored)
    {
        var code = stored.Enterprise;
        yield return Bad(stored, "unknown currency", r => r.Output.Value.Currency = "ZZZ");
        yield return Bad(stored, "negative employment", r =>
        {
            r.Feed = Feed.Employment;
            r.Employment = new EmploymentReport { Persons = -12 };
        });
        yield return Bad(stored, "period in the future", r => r.Period = "2005-03");
        yield return Bad(stored, "enterprise that is not registered",
            r => r.Enterprise = $"enterprises/uscc-{DemoCreditCode.Issue("320500", 999_001)}");
        yield return Bad(stored, "malformed credit code (letter O, one character short)",
            r => r.Enterprise = "enterprises/uscc-9132O500YD000001X");
        yield return Bad(stored, "wrong check character",
            r => r.Enterprise = code[..^1] + NextCheck[Checks.IndexOf(code[^1], StringComparison.Ordinal)]);
        yield return Bad(stored, "unknown feed", r => r.Feed = Feed.Unspecified);
        yield return Bad(stored, "period that is no month", r => r.Period = "2004-13");
        yield return Bad(stored, "same revision, other content", r => (r.Revision, r.Output.Value.MinorUnits) =
            (stored.Revision, r.Output.Value.MinorUnits + 100));
        yield return Bad(stored, "negative output", r => r.Output.Value.MinorUnits = -1);
        yield return Bad(stored, "no body, and not nil", r => r.ClearBody());
        yield return Bad(stored, "unknown source economy", r =>
        {
            r.Feed = Feed.Fdi;
            r.Fdi = new FdiReport
            {
                Lines = { new FdiLine { SourceEconomy = "QQ", Utilised = new Money { Currency = "USD", MinorUnits = 1_000_000 } } },
            };
        });
    }

    private static Report Bad(Report stored, string note, Action<Report> mistake)
    {
        var report = stored.Clone();
        report.Revision = stored.Revision + 7;
        report.Note = note;
        mistake(report);
        return report;
    }
}
