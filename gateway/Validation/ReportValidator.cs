using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;

namespace ClusterPulse.Validation;

/// <summary>Checks a report as far as that goes without the enterprise, and turns it into a row. All that is wrong is reported, not
/// only the first thing.</summary>
public sealed class ReportValidator(ReferenceData reference, ReportingCalendar calendar)
{
    private const int LongestNote = 1_000;
    private const int LongestText = 200;

    /// <summary>What is found in one row is kept with its receipt for good: so many violations of it, and warnings, at most.</summary>
    private const int MostFindings = 50;

    /// <summary>The row; null where it is rejected.</summary>
    /// <param name="report">As sent.</param>
    /// <param name="row">Absolute row of the submission.</param>
    /// <param name="violations">What is wrong.</param>
    public ReportRow? Validate(V1.Report report, long row, out ImmutableArray<Violation> violations)
    {
        var check = new RowCheck(reference, calendar, report);
        var valid = check.Run(row);
        violations = check.Violations;
        return valid;
    }

    /// <summary>The check of one row.</summary>
    private ref struct RowCheck(ReferenceData reference, ReportingCalendar calendar, V1.Report report)
    {
        private ImmutableArray<Violation>.Builder? _violations;
        private ImmutableArray<Violation> _warnings = [];

        public readonly ImmutableArray<Violation> Violations => _violations?.ToImmutable() ?? [];

        public ReportRow? Run(long row)
        {
            var (enterprise, reason) = report.Enterprise.Length == 0 ? (null, Reasons.MissingField) : EnterpriseName.Parse(report.Enterprise);
            if (enterprise is null)
                Wrong("enterprise", report.Enterprise, reason!);
            else if (reason is not null)
                Odd("enterprise", report.Enterprise, reason);
            var period = Period();
            if (report.Revision < 0)
                Wrong("revision", Text(report.Revision), Reasons.BadRevision);
            if (report.Note.Length > LongestNote)
                Wrong("note", Text(report.Note.Length), Reasons.TooLong);
            Plain("note", report.Note);
            var feed = Feed();
            var basis = report.Basis == V1.Basis.YearToDate ? Basis.YearToDate : Basis.Month;
            if (report.Basis is not (V1.Basis.Unspecified or V1.Basis.Month or V1.Basis.YearToDate)
                || (basis == Basis.YearToDate && feed is Facts.Feed.Employment or Facts.Feed.Linkage))
            {
                Wrong("basis", report.Basis.ToString(), Reasons.BasisNotSupported);
            }
            if (report.Status is < V1.ReportStatus.Unspecified or > V1.ReportStatus.Final)
                Wrong("status", report.Status.ToString(), Reasons.OutOfBounds);
            var lines = feed is { } known ? Body(known) : [];
            if (_violations is not null)
                return null;
            return new()
            {
                Row = row,
                Enterprise = enterprise!,
                Key = new(feed!.Value, period),
                Revision = report.Revision,
                Content = new()
                {
                    Basis = basis,
                    Nil = report.Nil,
                    Status = Vocabulary.Status(report.Status),
                    Note = report.Note.Length == 0 ? null : report.Note,
                    Lines = lines,
                },
                Warnings = _warnings,
            };
        }

        private Month Period()
        {
            if (!Month.TryParse(report.Period, out var period))
                Wrong("period", report.Period, report.Period.Length == 0 ? Reasons.MissingField : Reasons.MalformedPeriod);
            else if (period < Month.Earliest)
                Wrong("period", report.Period, Reasons.PeriodTooEarly);
            else if (period > calendar.Current)
                Wrong("period", report.Period, Reasons.FuturePeriod);
            return period;
        }

        private Feed? Feed()
        {
            var feed = Vocabulary.Feed(report.Feed);
            if (feed is null)
                Wrong("feed", report.Feed.ToString(), report.Feed == V1.Feed.Activity ? Reasons.FeedNotAccepted : Reasons.UnknownFeed);
            return feed;
        }

        private ImmutableArray<ReportLine> Body(Feed feed)
        {
            if (report.Nil)
            {
                if (report.BodyCase != V1.Report.BodyOneofCase.None)
                    Wrong("nil", "true", Reasons.BodyMismatch);
                return [];
            }
            switch (feed, report.BodyCase)
            {
                case (_, V1.Report.BodyOneofCase.None):
                    Wrong("body", "", Reasons.MissingField);
                    return [];
                case (Facts.Feed.Output, V1.Report.BodyOneofCase.Output):
                    return One("output.value", report.Output.Value);
                case (Facts.Feed.Export, V1.Report.BodyOneofCase.Export):
                    return One("export.value", report.Export.Value);
                case (Facts.Feed.Employment, V1.Report.BodyOneofCase.Employment):
                    if (report.Employment.Persons < 0)
                        Wrong("employment.persons", Text(report.Employment.Persons), Reasons.NegativeValue);
                    else if (report.Employment.Persons > ReportLine.MostPersons)
                        Wrong("employment.persons", Text(report.Employment.Persons), Reasons.OutOfBounds);
                    return [new ReportLine { Currency = "", Amount = report.Employment.Persons }];
                case (Facts.Feed.Fdi, V1.Report.BodyOneofCase.Fdi):
                    return Fdi();
                case (Facts.Feed.Linkage, V1.Report.BodyOneofCase.Linkage):
                    return Linkage();
                default:
                    Wrong("body", report.BodyCase.ToString(), Reasons.BodyMismatch);
                    return [];
            }
        }

        private ImmutableArray<ReportLine> One(string field, V1.Money? value) =>
            Money(field, value, negative: false) is { } currency ? [new ReportLine { Currency = currency, Amount = value!.MinorUnits }] : [];

        private ImmutableArray<ReportLine> Fdi()
        {
            var lines = report.Fdi.Lines;
            if (lines.Count == 0)
                Wrong("fdi.lines", "", Reasons.MissingField);
            var built = ImmutableArray.CreateBuilder<ReportLine>(lines.Count);
            HashSet<(string, string, string, string)>? seen = lines.Count > 1 ? [] : null;
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                Economy(i, "source_economy", line.SourceEconomy, required: true);
                Economy(i, "ultimate_source_economy", line.UltimateSourceEconomy, required: false);
                if (line.Investor.Length > LongestText)
                    Wrong(Field("fdi", i, "investor"), Text(line.Investor.Length), Reasons.TooLong);
                Plain(Field("fdi", i, "investor"), line.Investor);
                var currency = Money(Field("fdi", i, "utilised"), line.Utilised, negative: true);
                if (line.Contracted is not null)
                    Money(Field("fdi", i, "contracted"), line.Contracted, negative: true);
                if (line.ProjectCount < 0)
                    Wrong(Field("fdi", i, "project_count"), Text(line.ProjectCount), Reasons.NegativeValue);
                var ultimate = line.UltimateSourceEconomy.Length == 0 ? line.SourceEconomy : line.UltimateSourceEconomy;
                if (currency is null)
                    continue;
                if (seen?.Add((line.SourceEconomy, ultimate, line.Investor, currency)) == false)
                    Wrong(Field("fdi", i, "source_economy"), line.SourceEconomy, Reasons.RepeatedLine);
                built.Add(new()
                {
                    Currency = currency,
                    Amount = line.Utilised.MinorUnits,
                    Fdi = new()
                    {
                        Source = line.SourceEconomy,
                        UltimateSource = ultimate,
                        Investor = line.Investor.Length == 0 ? null : line.Investor,
                        ContractedCurrency = line.Contracted?.Currency,
                        Contracted = line.Contracted?.MinorUnits ?? 0,
                        ProjectCount = line.ProjectCount,
                    },
                });
            }
            return built.DrainToImmutable();
        }

        private ImmutableArray<ReportLine> Linkage()
        {
            var lines = report.Linkage.Lines;
            if (lines.Count == 0)
                Wrong("linkage.lines", "", Reasons.MissingField);
            var built = ImmutableArray.CreateBuilder<ReportLine>(lines.Count);
            HashSet<(SupplierKind, string, string)>? seen = lines.Count > 1 ? [] : null;
            for (var i = 0; i < lines.Count; i++)
            {
                var currency = Money(Field("linkage", i, "purchases"), lines[i].Purchases, negative: false);
                if (Supplier(i, lines[i]) is not { } supplier || currency is null)
                    continue;
                if (seen?.Add((supplier.Kind, supplier.Id, currency)) == false)
                    Wrong(Field("linkage", i, "supplier"), supplier.Id, Reasons.RepeatedLine);
                built.Add(new() { Currency = currency, Amount = lines[i].Purchases.MinorUnits, Supplier = supplier });
            }
            return built.DrainToImmutable();
        }

        private SupplierDetail? Supplier(int i, V1.LinkageLine line)
        {
            switch (line.SupplierCase)
            {
                case V1.LinkageLine.SupplierOneofCase.Enterprise:
                    if (line.Enterprise.Length == 0)
                        goto default;
                    // Whatever a supplier is called is never a reason to reject the buyer's report.
                    var (id, reason) = EnterpriseName.Parse(line.Enterprise);
                    if (id is not null)
                    {
                        if (reason is not null)
                            Odd(Field("linkage", i, "enterprise"), line.Enterprise, reason);
                        return new() { Kind = SupplierKind.Enterprise, Id = id };
                    }
                    if (!Plain(Field("linkage", i, "enterprise"), line.Enterprise))
                        return null;
                    Odd(Field("linkage", i, "enterprise"), line.Enterprise, Reasons.UnregisteredSupplier);
                    return new() { Kind = SupplierKind.UnregisteredCode, Id = Cut(line.Enterprise) };
                case V1.LinkageLine.SupplierOneofCase.UnregisteredCode when line.UnregisteredCode.Length > 0:
                    if (!Plain(Field("linkage", i, "unregistered_code"), line.UnregisteredCode))
                        return null;
                    return new() { Kind = SupplierKind.UnregisteredCode, Id = Cut(line.UnregisteredCode) };
                case V1.LinkageLine.SupplierOneofCase.Region:
                    var code = line.Region.StartsWith("regions/", StringComparison.Ordinal) ? line.Region["regions/".Length..] : line.Region;
                    if (reference.Regions.TryGet(code, out _))
                        return new() { Kind = SupplierKind.Region, Id = code };
                    Wrong(Field("linkage", i, "region"), line.Region, Reasons.UnknownRegion);
                    return null;
                case V1.LinkageLine.SupplierOneofCase.SourceEconomy:
                    if (reference.Economies.TryGet(line.SourceEconomy, out _))
                        return new() { Kind = SupplierKind.SourceEconomy, Id = line.SourceEconomy };
                    Wrong(Field("linkage", i, "source_economy"), line.SourceEconomy, Reasons.UnknownEconomy);
                    return null;
                default:
                    Wrong(Field("linkage", i, "supplier"), "", Reasons.MissingField);
                    return null;
            }
        }

        private void Economy(int i, string field, string economy, bool required)
        {
            if (economy.Length == 0)
            {
                if (required)
                    Wrong(Field("fdi", i, field), "", Reasons.MissingField);
            }
            else if (!reference.Economies.TryGet(economy, out _))
            {
                Wrong(Field("fdi", i, field), economy, Reasons.UnknownEconomy);
            }
        }

        /// <summary>The currency in the reference's own string; null where the money is wrong.</summary>
        private string? Money(string field, V1.Money? money, bool negative)
        {
            if (money is null)
            {
                Wrong(field, "", Reasons.MissingField);
                return null;
            }
            if (money.MinorUnits < 0 && !negative)
                Wrong(field + ".minor_units", Text(money.MinorUnits), Reasons.NegativeValue);
            else if (money.MinorUnits is < -ReportLine.MostMinorUnits or > ReportLine.MostMinorUnits)
                Wrong(field + ".minor_units", Text(money.MinorUnits), Reasons.OutOfBounds);
            if (reference.Currencies.TryGet(money.Currency, out var currency))
                return currency.Code;
            Wrong(field + ".currency", money.Currency, money.Currency.Length == 0 ? Reasons.MissingField : Reasons.UnknownCurrency);
            return null;
        }

        /// <summary>Whether a store's text can hold it.</summary>
        private bool Plain(string field, string text)
        {
            if (PlainText.FirstBad(text) is not { } bad)
                return true;
            Wrong(field, bad, Reasons.BadCharacter);
            return false;
        }

        private void Wrong(string field, string value, string reason)
        {
            _violations ??= ImmutableArray.CreateBuilder<Violation>();
            if (_violations.Count < MostFindings)
                _violations.Add(new(field, PlainText.Shown(Cut(value)), reason));
        }

        private void Odd(string field, string value, string reason)
        {
            if (_warnings.Length < MostFindings)
                _warnings = _warnings.Add(new(field, PlainText.Shown(Cut(value)), reason));
        }

        private static string Field(string body, int line, string name) =>
            string.Create(CultureInfo.InvariantCulture, $"{body}.lines[{line}].{name}");

        private static string Cut(string text) => PlainText.Cut(text, LongestText);

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
