using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf;
using Xunit;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Whatever comes is either not a message, or each of its rows is taken whole or refused with reasons of the catalogue.</summary>
public sealed class MalformedMessagesTests(LoadedReference reference)
{
    private const int Messages = 10_000;
    private const int LongestValue = 200;
    private const int MostFindings = 50;

    private static readonly HashSet<string> Reasons = [.. ReasonCatalogue.All.Select(r => r.Name)];

    private readonly ReportValidator _validator = new(reference.Data, Sample.Calendar);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Ten_thousand_malformed_messages_each_give_a_row_or_reasons_of_the_catalogue(int seed)
    {
        var malformed = new MalformedMessages(seed, "enterprises/uscc-" + Sample.Code);
        var (unreadable, taken, refused) = (0, 0, 0);
        var seen = new HashSet<string>();
        for (var i = 0; i < Messages; i++)
        {
            BatchCreateReportsRequest request;
            try
            {
                request = BatchCreateReportsRequest.Parser.ParseFrom(malformed.Next("bureaus/3205"));
            }
            catch (InvalidProtocolBufferException)
            {
                unreadable++;
                continue;
            }
            for (var row = 0; row < request.Reports.Count; row++)
            {
                if (_validator.Validate(request.Reports[row], row, out var violations) is { } valid)
                {
                    Assert.Empty(violations);
                    AssertStorable(valid);
                    taken++;
                    continue;
                }
                Assert.InRange(violations.Length, 1, MostFindings);
                Assert.All(violations, v => AssertFinding(v));
                seen.UnionWith(violations.Select(v => v.Reason));
                refused++;
            }
        }
        // The generator reaches all of it.
        Assert.True(unreadable > 1_000 && taken > 100 && refused > 10_000, $"{unreadable} unreadable, {taken} taken, {refused} refused");
        Assert.True(seen.Count >= 15, string.Join(' ', seen));
    }

    private static void AssertFinding(Violation finding)
    {
        Assert.Contains(finding.Reason, Reasons);
        Assert.True(finding.Value.Length <= LongestValue && PlainText.FirstBad(finding.Value) is null, finding.Field);
    }

    private static void AssertStorable(ReportRow row)
    {
        Assert.True(row.Key.Period >= Month.Earliest && row.Key.Period <= new Month(2004, 12), row.Key.Period.ToString());
        Assert.True(row.Revision >= 0);
        Assert.Equal(row.Content.Nil, row.Content.Lines.IsEmpty);
        Assert.All(row.Warnings, AssertFinding);
        Assert.InRange(row.Warnings.Length, 0, MostFindings);
        Assert.Null(PlainText.FirstBad(row.Content.Note ?? ""));
        foreach (var line in row.Content.Lines)
        {
            Assert.InRange(line.Amount, -ReportLine.MostMinorUnits, ReportLine.MostMinorUnits);
            Assert.InRange(line.Fdi?.Contracted ?? 0, -ReportLine.MostMinorUnits, ReportLine.MostMinorUnits);
            Assert.Null(PlainText.FirstBad((line.Fdi?.Investor ?? "") + line.Supplier?.Id));
            Assert.True((line.Supplier?.Id.Length ?? 0) <= LongestValue);
        }
    }
}
