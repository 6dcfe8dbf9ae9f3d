using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Xunit;
using Basis = ClusterPulse.V1.Basis;
using Feed = ClusterPulse.V1.Feed;
using ReportStatus = ClusterPulse.V1.ReportStatus;

namespace ClusterPulse.UnitTests.Gateway;

/// <summary>Rules for one report.</summary>
public sealed class ReportValidatorTests(LoadedReference reference)
{
    private readonly ReportValidator _validator = new(reference.Data, Sample.Calendar);

    [Fact]
    public void A_good_report_becomes_a_row()
    {
        var row = Accepted(Sample.Output(123));

        Assert.Equal((7, $"uscc-{Sample.Code}", Facts.Feed.Output, "2004-10"), (row.Row, row.Enterprise, row.Key.Feed, row.Key.Period.ToString()));
        Assert.Equal((Facts.Basis.Month, Facts.ReportStatus.Provisional, false), (row.Content.Basis, row.Content.Status, row.Content.Nil));
        Assert.Equal([new ReportLine { Currency = "CNY", Amount = 123 }], row.Content.Lines);
        Assert.Empty(row.Warnings);
    }

    [Theory]
    [InlineData("", "MISSING_FIELD")]
    [InlineData("nobody", "MALFORMED_NAME")]
    [InlineData("vat-123", "MALFORMED_NAME")]
    [InlineData("org-12345678", "MALFORMED_NAME")]
    [InlineData("lei-123", "MALFORMED_NAME")]
    [InlineData("uscc-91440300192203821", "MALFORMED_CREDIT_CODE")]
    [InlineData("uscc-91440300192203821O", "MALFORMED_CREDIT_CODE")]
    [InlineData("uscc-914403001922038217", "BAD_CHECK_CHARACTER")]
    [InlineData("piva-0700001998", "MALFORMED_PARTITA_IVA")]
    [InlineData("piva-IT12345670017", "MALFORMED_PARTITA_IVA")]
    [InlineData("piva-12345670018", "BAD_PARTITA_IVA_DIGIT")]
    public void An_enterprise_that_cannot_be_is_rejected(string name, string reason)
    {
        var report = Sample.Output();
        report.Enterprise = name;
        Assert.Equal([("enterprise", name, reason)], Rejected(report));
    }

    [Theory]
    [InlineData("enterprises/uscc-9144030071526726xg", "uscc-9144030071526726XG")]
    [InlineData("uscc-9144030071526726XG", "uscc-9144030071526726XG")]
    [InlineData("org-71526726x", "org-71526726X")]
    [InlineData("lei-5493001kjtiigc8y1r12", "lei-5493001KJTIIGC8Y1R12")]
    public void Lower_case_is_folded_and_the_prefix_may_be_left_out(string name, string id)
    {
        var report = Sample.Output();
        report.Enterprise = name;
        Assert.Equal(id, Accepted(report).Enterprise);
    }

    [Fact]
    public void A_wrong_organisation_digit_alone_is_a_warning()
    {
        var body = "91440300" + "192203829";
        var code = body + ClusterPulse.Reference.CreditCode.CheckCharacter(body);
        var report = Sample.Output();
        report.Enterprise = "uscc-" + code;

        Assert.Equal([Reasons.BadOrganisationDigit], Accepted(report).Warnings.Select(w => w.Reason));
    }

    [Theory]
    [InlineData("", "MISSING_FIELD")]
    [InlineData("2004-13", "MALFORMED_PERIOD")]
    [InlineData("200410", "MALFORMED_PERIOD")]
    [InlineData("1989-12", "PERIOD_TOO_EARLY")]
    [InlineData("2005-01", "FUTURE_PERIOD")]
    public void A_period_is_a_month_that_has_begun(string period, string reason)
    {
        var report = Sample.Output();
        report.Period = period;
        Assert.Equal([("period", period, reason)], Rejected(report));
    }

    [Theory]
    [InlineData(Feed.Unspecified, "UNKNOWN_FEED")]
    [InlineData((Feed)99, "UNKNOWN_FEED")]
    [InlineData(Feed.Activity, "FEED_NOT_ACCEPTED")]
    public void A_feed_is_one_of_five(Feed feed, string reason)
    {
        var report = Sample.Output();
        report.Feed = feed;
        Assert.Equal([("feed", feed.ToString(), reason)], Rejected(report));
    }

    [Fact]
    public void The_body_is_that_of_the_feed_and_a_nil_report_has_none()
    {
        var nil = Sample.Of(Feed.Linkage, r => r.Nil = true);
        Assert.True(Accepted(nil).Content.Nil);
        Assert.Empty(Accepted(nil).Content.Lines);

        var both = Sample.Output();
        both.Nil = true;
        Assert.Equal([("nil", "true", Reasons.BodyMismatch)], Rejected(both));
        Assert.Equal([("body", "", Reasons.MissingField)], Rejected(Sample.Of(Feed.Output)));
        var other = Sample.Output();
        other.Feed = Feed.Export;
        Assert.Equal([("body", "Output", Reasons.BodyMismatch)], Rejected(other));
        Assert.Equal([("fdi.lines", "", Reasons.MissingField)], Rejected(Sample.Fdi()));
        Assert.Equal([("linkage.lines", "", Reasons.MissingField)], Rejected(Sample.Linkage()));
    }

    [Fact]
    public void Only_flows_with_one_sum_know_the_year_to_date()
    {
        foreach (var report in (Report[])[Sample.Output(), Sample.Fdi(Sample.FdiLine())])
        {
            report.Basis = Basis.YearToDate;
            Assert.Equal(Facts.Basis.YearToDate, Accepted(report).Content.Basis);
        }
        foreach (var report in (Report[])[Sample.Employment(), Sample.Linkage(new LinkageLine { SourceEconomy = "JP", Purchases = Sample.Cny(1) })])
        {
            report.Basis = Basis.YearToDate;
            Assert.Equal([("basis", "YearToDate", Reasons.BasisNotSupported)], Rejected(report));
        }
        var unknown = Sample.Output();
        unknown.Basis = (Basis)9;
        Assert.Equal([("basis", "9", Reasons.BasisNotSupported)], Rejected(unknown));
    }

    [Fact]
    public void Output_and_employment_and_purchases_are_not_negative_but_investment_can_be()
    {
        Assert.Equal([("output.value.minor_units", "-1", Reasons.NegativeValue)], Rejected(Sample.Output(-1)));
        Assert.Equal([("employment.persons", "-1", Reasons.NegativeValue)], Rejected(Sample.Employment(-1)));
        Assert.Equal(
            [("linkage.lines[0].purchases.minor_units", "-1", Reasons.NegativeValue)],
            Rejected(Sample.Linkage(new LinkageLine { SourceEconomy = "JP", Purchases = Sample.Cny(-1) })));
        Assert.Equal(-5, Accepted(Sample.Fdi(Sample.FdiLine(cents: -5))).Content.Lines.Single().Amount);
    }

    [Fact]
    public void An_amount_that_would_overflow_sums_is_out_of_bounds()
    {
        Assert.Equal(
            [("output.value.minor_units", "9223372036854775807", Reasons.OutOfBounds)], Rejected(Sample.Output(long.MaxValue)));
        Assert.Equal(
            [("fdi.lines[0].utilised.minor_units", "-9223372036854775808", Reasons.OutOfBounds)],
            Rejected(Sample.Fdi(Sample.FdiLine(cents: long.MinValue))));
    }

    [Fact]
    public void Money_names_a_known_currency()
    {
        var missing = Sample.Of(Feed.Output, r => r.Output = new());
        Assert.Equal([("output.value", "", Reasons.MissingField)], Rejected(missing));
        var unknown = Sample.Output();
        unknown.Output.Value.Currency = "RMB";
        Assert.Equal([("output.value.currency", "RMB", Reasons.UnknownCurrency)], Rejected(unknown));
    }

    [Fact]
    public void An_investment_says_where_it_comes_from()
    {
        var line = Sample.FdiLine();
        line.UltimateSourceEconomy = "XX";
        line.ProjectCount = -1;
        Assert.Equal(
            [
                ("fdi.lines[0].ultimate_source_economy", "XX", Reasons.UnknownEconomy),
                ("fdi.lines[0].project_count", "-1", Reasons.NegativeValue),
                ("fdi.lines[1].source_economy", "", Reasons.MissingField),
            ],
            Rejected(Sample.Fdi(line, Sample.FdiLine(""))));

        var detail = Accepted(Sample.Fdi(Sample.FdiLine("HK"))).Content.Lines.Single().Fdi!;
        Assert.Equal(("HK", "HK"), (detail.Source, detail.UltimateSource));
    }

    [Fact]
    public void The_same_line_twice_is_rejected_and_another_currency_or_investor_is_another_line()
    {
        Assert.Equal(
            [("fdi.lines[1].source_economy", "TW", Reasons.RepeatedLine)], Rejected(Sample.Fdi(Sample.FdiLine(), Sample.FdiLine())));
        var investor = Sample.FdiLine();
        investor.Investor = "somebody";
        Assert.Equal(2, Accepted(Sample.Fdi(Sample.FdiLine(), investor)).Content.Lines.Length);
        var purchase = new LinkageLine { UnregisteredCode = "x", Purchases = Sample.Cny(1) };
        var dollars = new LinkageLine { UnregisteredCode = "x", Purchases = new() { Currency = "USD", MinorUnits = 1 } };
        Assert.Equal([("linkage.lines[1].supplier", "x", Reasons.RepeatedLine)], Rejected(Sample.Linkage(purchase, purchase)));
        Assert.Equal(2, Accepted(Sample.Linkage(purchase, dollars)).Content.Lines.Length);
    }

    [Fact]
    public void A_supplier_is_of_one_kind_and_what_it_is_called_is_never_a_reason_to_reject()
    {
        var row = Accepted(Sample.Linkage(
            new LinkageLine { Enterprise = $"uscc-{Sample.Code}", Purchases = Sample.Cny(1) },
            new LinkageLine { Enterprise = "uscc-914403001922038217", Purchases = Sample.Cny(2) },
            new LinkageLine { UnregisteredCode = "shop", Purchases = Sample.Cny(3) },
            new LinkageLine { Region = "regions/3205", Purchases = Sample.Cny(4) },
            new LinkageLine { SourceEconomy = "JP", Purchases = Sample.Cny(5) }));

        Assert.Equal(
            [
                (SupplierKind.Enterprise, $"uscc-{Sample.Code}"), (SupplierKind.UnregisteredCode, "uscc-914403001922038217"),
                (SupplierKind.UnregisteredCode, "shop"), (SupplierKind.Region, "3205"), (SupplierKind.SourceEconomy, "JP"),
            ],
            row.Content.Lines.Select(l => (l.Supplier!.Kind, l.Supplier.Id)));
        Assert.Equal([("linkage.lines[1].enterprise", Reasons.UnregisteredSupplier)], row.Warnings.Select(w => (w.Field, w.Reason)));
        Assert.Equal(
            [
                ("linkage.lines[0].supplier", "", Reasons.MissingField), ("linkage.lines[1].supplier", "", Reasons.MissingField),
                ("linkage.lines[2].supplier", "", Reasons.MissingField), ("linkage.lines[3].region", "999999", Reasons.UnknownRegion),
                ("linkage.lines[4].source_economy", "XX", Reasons.UnknownEconomy),
            ],
            Rejected(Sample.Linkage(
                new LinkageLine { Purchases = Sample.Cny(1) },
                new LinkageLine { Enterprise = "", Purchases = Sample.Cny(1) },
                new LinkageLine { UnregisteredCode = "", Purchases = Sample.Cny(1) },
                new LinkageLine { Region = "999999", Purchases = Sample.Cny(1) },
                new LinkageLine { SourceEconomy = "XX", Purchases = Sample.Cny(1) })));
    }

    [Fact]
    public void Notes_revisions_and_statuses_have_bounds()
    {
        var report = Sample.Output();
        report.Note = new('x', 1_001);
        report.Revision = -1;
        report.Status = (ReportStatus)9;
        Assert.Equal(
            [("revision", "-1", Reasons.BadRevision), ("note", "1001", Reasons.TooLong), ("status", "9", Reasons.OutOfBounds)], Rejected(report));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var report = Sample.Output(-1);
        report.Enterprise = "nobody";
        report.Period = "2004";
        report.Output.Value.Currency = "RMB";

        Assert.Equal(
            [Reasons.MalformedName, Reasons.MalformedPeriod, Reasons.NegativeValue, Reasons.UnknownCurrency], Rejected(report).Select(v => v.Reason));
    }

    private ReportRow Accepted(Report report)
    {
        var row = _validator.Validate(report, 7, out var violations);
        Assert.Empty(violations);
        return row!;
    }

    private List<(string Field, string Value, string Reason)> Rejected(Report report)
    {
        ImmutableArray<Violation> violations;
        Assert.Null(_validator.Validate(report, 7, out violations));
        return [.. violations.Select(v => (v.Field, v.Value, v.Reason))];
    }
}
