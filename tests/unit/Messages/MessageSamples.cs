using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Clusters;
using ClusterPulse.Enterprises;
using ClusterPulse.Explain;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Ingest;
using ClusterPulse.Leading;
using ClusterPulse.Maintenance;
using ClusterPulse.Placement;
using ClusterPulse.Regions;
using ClusterPulse.Registry;

namespace ClusterPulse.UnitTests.Messages;

/// <summary>One value of each message with every member filled. They never change, since golden bytes are made of them: a new
/// member is filled here, and the rest stays.</summary>
internal static class MessageSamples
{
    private const string Buyer = "uscc-91320583000000001A";

    private static readonly Month October = new(2004, 10);
    private static readonly DateTimeOffset Noon = new(2004, 11, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Violation Violation = new("output.value.currency", "XXZ", "UNKNOWN_CURRENCY", "detail");
    private static readonly ReportKey Key = new(Feed.Linkage, October);
    private static readonly ReportOrigin Origin = new("3205", "s1", 7);
    private static readonly SupplierJudgement Judgement = new() { ProfileVersion = 3, Region = "320505", Locality = "3205", Domestic = true };
    private static readonly SupplierDetail Supplier = new() { Kind = SupplierKind.Region, Id = "320505", Judgement = Judgement };

    private static readonly FdiDetail Fdi = new()
    {
        Source = "HK",
        UltimateSource = "TW",
        Investor = "org-AAAAAAAA1",
        ContractedCurrency = "USD",
        Contracted = 500_000,
        ProjectCount = 2,
    };

    // No real line has both details.
    private static readonly ReportLine Line = new() { Currency = "CNY", Amount = 12_345_678_901, Fdi = Fdi, Supplier = Supplier };

    private static readonly ReportContent Content = new()
    {
        Basis = Basis.YearToDate,
        Nil = true,
        Status = ReportStatus.Final,
        Note = "苏州",
        Lines = [Line],
    };

    private static readonly LevelMonth LevelMonth = new("prefecture", October, 333, [new("39", 61_000, 0.25)]);

    private static readonly SpreadMonth SpreadMonth = new("32", October, 13, 0.09, [new("39", 0.125)]);

    private static readonly ClusteredPrefecture Clustered = new("3205", ["32", "CN"], [new("39", October, October + 9)], [4, 5, 6]);

    private static readonly Profile Profile = new()
    {
        ValidFrom = October,
        Region = "320583",
        Estate = "ksetdz",
        Industry = "391",
        Ownership = Ownership.Foreign,
        InvestorEconomy = "JP",
        HiTech = true,
        Closed = true,
        NameZh = "昆山电子",
        NameEn = "Kunshan Electronics",
        Controlling = "org-AAAAAAAA1",
        Size = EnterpriseSize.Medium,
        Successor = "org-AAAAAAAA1",
    };

    private static readonly ProfileRow ProfileRow = new() { Row = 7, Enterprise = Buyer, Profile = Profile, Warnings = [Violation], Divisions = "3205,3206" };

    private static readonly DueException DueException = new(October, new(2004, 11, 18));

    private static readonly FeedCalendar FeedCalendar =
        new() { Feed = Feed.Linkage, DueDay = 12, GraceDays = 7, YearToDate = true, Exceptions = [DueException] };

    private static readonly Obligation Obligation = new()
    {
        Enterprise = Buyer,
        NameZh = "昆山电子",
        NameEn = "Kunshan Electronics",
        Region = "320583",
        Feed = Feed.Linkage,
        State = ObligationState.Overdue,
        Rule = "large",
        LastReported = October,
        Due = new(2004, 11, 15),
        ReportedAt = Noon,
    };

    private static readonly ReportRow Row = new()
    {
        Row = 7,
        Enterprise = Buyer,
        Key = Key,
        Revision = 2,
        Content = Content,
        Warnings = [Violation],
        Divisions = "3205,3206",
    };

    private static readonly RowResult Result = new(7, RowOutcome.Rejected, [Violation], [Violation]);

    private static readonly SubmissionWithdrawal Withdrawal =
        new() { By = "3205", Reason = "mistaken", Started = Noon, Finished = Noon.AddHours(1), Reports = 12, NextRow = 5_010 };

    private static readonly BatchReceipt Receipt = new()
    {
        Offset = 5_000,
        Count = 10,
        Accepted = 1,
        Duplicate = 2,
        Revised = 3,
        Rejected = 4,
        Warned = 5,
        Rows = [Result],
        CommitTime = Noon,
        CommitToken = "1:42",
        RowsSha256 = new string('b', 64),
        Sender = "bureau-3205",
    };

    private static readonly CellKey Cell = new(Measure.Output, "39", "foreign,CNY", October);
    private static readonly Operand Operand = new("linked", 175, "count");
    private static readonly Figure Figure = new("span=3", 0.25, Unavailable.Incomplete, [Operand]);
    private static readonly PlaceFigure PlaceFigure = new("local_linkage_ratio", October, Figure, FigureStatus.Final, 0.9);
    private static readonly Vintage Vintage = new("local_linkage_ratio", "span=3", October, 0.25, Unavailable.Incomplete, FigureStatus.Final, 0.9);
    private static readonly CellDifference Difference = new("regions/3205", "output", "39", "foreign,CNY", October, 2, 1);
    private static readonly AuditedFigure Audited = new(October, 0.25, Unavailable.Incomplete);
    private static readonly FigureDifference FigureDifference = new("regions/3205", "local_linkage_ratio", "span=3", Audited, Audited);

    private static readonly EnterpriseEvent EnterpriseEvent = new(EnterpriseEventKind.MovedIn, October, "regions/441900", "regions/320583");

    private static readonly ExplainedPart ExplainedPart =
        new(PartKind.Region, "regions/320583", "昆山市", "Kunshan", -0.02, 0.01, -0.03, [Operand], [Operand]) { Events = [EnterpriseEvent] };

    public static IReadOnlyDictionary<Type, object> ByType { get; } = ((object[])
    [
        October, Violation, Key, Origin, Judgement, Supplier, Fdi, Line, Content, Profile, Row, Result, Receipt, Cell, Operand, Figure,
        PlaceFigure, Vintage, Difference, FigureDifference, Audited,
        // The member is an interface, so the list's own type goes over the wire: the one the stores make.
        new AuditResult(3, 1_000, 1, new List<CellDifference> { Difference }, 70, 1, [FigureDifference]),
        new AuditListing(new AuditResult(3, 1_000, 1, new List<CellDifference> { Difference }, 70, 1, [FigureDifference]), [FigureDifference]),
        Sums(),
        new DeltaMessage(1, 41, 42, Sums()),
        new EnterpriseView(Buyer, Profile, 3),
        new EnterpriseHistory(Buyer, [Profile], 3),
        new EnterpriseQuery
        {
            Region = "3205", Period = October, WithClosed = true, Industry = "39", Ownership = Ownership.Foreign, After = Buyer, Limit = 20,
        },
        new ExitQuery { Place = "regions/3205", Leaver = Leaver.Industry, Code = "39" },
        new SimulatedFigure(PlaceFigure, Figure),
        new ExplainQuery
        {
            Place = "regions/3205",
            Indicator = "local_linkage_ratio",
            Labels = "span=3",
            From = October,
            To = October + 12,
            By = ExplainBy.Estates,
            Parts = ["estates/ksetdz"],
            Above = "regions/32",
        },
        EnterpriseEvent,
        new TooManyEnterprisesException("too many", new TimeoutException("3 s")) { Most = 5_000 },
        new LeadingQuery { Place = "regions/3205", By = LeadingBy.Suppliers, Period = October, Count = 10 },
        new LeadingEnterprise(Buyer, "昆山电子", "Kunshan Electronics", 1_000.5, 0.25, 12, 10, 3),
        ExplainedPart,
        new Explanation { Then = PlaceFigure, Now = PlaceFigure, Change = -0.02, Method = ExplainMethod.Ratio, Parts = [ExplainedPart], SuspectShare = 0.25 },
        new PlaceCells("regions/3205", "苏州市", "Suzhou", Sums()),
        new Estate { Id = "ksetdz", Region = "320583", NameZh = "昆山开发区", NameEn = "Kunshan", ValidFrom = October, Rank = EstateRank.Nation, Version = 3, ClosedFrom = October + 5 },
        DueException,
        FeedCalendar,
        new CalendarRules
        {
            Feeds = [FeedCalendar], WeekendsOff = true, Holidays = [new(2004, 10, 1)], WorkingDays = [new(2004, 10, 9)], Version = 2,
            DecidedBy = "me", Reason = "because", DecidedAt = Noon,
        },
        new ObligationRule
        {
            Id = "large", Exempt = true, Feeds = [Feed.Linkage], Enterprises = [Buyer], Regions = ["3205"], Industries = ["39"],
            Ownerships = [Ownership.Foreign], Sizes = [EnterpriseSize.Large], ValidFrom = October, ValidTo = October + 2, Version = 4,
        },
        Obligation,
        new ObligationPage([Obligation], Buyer),
        new ObligationQuery
        {
            Region = "3205", Period = October, Feeds = [Feed.Linkage], States = [ObligationState.Late], After = Buyer, Limit = 20,
        },
        new ObligationCount
        {
            Feed = Feed.Linkage, Owed = 9, Reported = 5, Nil = 2, Due = new(2004, 11, 15), Grace = new(2004, 11, 20), NotExpected = true,
        },
        new RivalSet { Id = "it", NameZh = "竞争", NameEn = "Rivals", Regions = ["3205", "4419"], Sources = ["TW"], Industries = ["39"], Version = 3 },
        new HistoryQuery
        {
            Places = ["regions/3205"],
            Indicators = ["local_linkage_ratio"],
            Start = October,
            End = October + 1,
            AsOf = Noon,
            UpdatedAfter = Noon.AddDays(-1),
            Limit = 500,
            After = 9,
        },
        new IndicatorDefinition
        {
            Id = "local_linkage_ratio",
            NameZh = "本地配套率",
            NameEn = "Local linkage rate",
            Unit = "ratio",
            Formula = "a / b",
            Source = "source",
            Labels = ["span"],
            Min = 0.5,
            Max = 1,
            Feeds = [Feed.Linkage],
            IsAboutReporting = true,
            ComparedWith = Peer.Parent,
            IsDetail = true,
            IsRestricted = true,
        },
        new ClusterDefinition { Id = "chips", NameZh = "芯片", NameEn = "Chips", Industries = ["3973", "3976"], Regions = ["3205"], Version = 4 },
        new ClusterWatch("3205", "39"),
        new DenominatorTable("8dc.2a", [1, 2, 3]),
        new PlaceStanding("regions/3205", "4f1c", 7, [1, 2, 3]),
        new StandingsTable("8dc.2b", [1, 2, 3], [LevelMonth], [SpreadMonth], [Clustered]),
        LevelMonth,
        LevelMonth.Divisions[0],
        SpreadMonth,
        SpreadMonth.Divisions[0],
        Clustered,
        Clustered.Spans[0],
        new IngestAnswer { Accepted = 1, Duplicate = 2, Revised = 3, Rejected = 4, Warned = 5, Rows = [Result], Writer = 1, Sequence = 42 },
        new MemberProbe(ImmutableDictionary<int, long>.Empty.Add(3, 42), 2_100, 7_000_000_000, 8_000_000_000),
        new OwnThreshold("regions/3205", "local-linkage-low", 0.2),
        new PlaceHealth
        {
            Place = "regions/3205",
            Level = "prefecture",
            Parent = "regions/32",
            NameZh = "苏州市",
            NameEn = "Suzhou",
            Path = "江苏·苏州",
            Figures = [PlaceFigure],
            Revision = 8,
            ComputedAt = Noon,
        },
        ProfileRow,
        new ProfileChange(ProfileRow, ["region", "size"]),
        new RebuildResult(2_100, 14),
        new RendezvousPlacement(),
        new ReportBatch("3205", "s1", [Row]),
        new SiloKeyedPlacement(),
        new StoredReport { Revision = 2, Content = Content, Origin = Origin, ContentHash = ulong.MaxValue, Withdrawn = true, Outlier = true, Standing = 3, Chosen = true },
        new StoredVintage(9, "regions/3205", Vintage, Noon),
        new StoreUnavailableException("the store is away", new TimeoutException("3 s")) { OutcomeUnknown = true },
        new Submission
        {
            Bureau = "3205",
            Id = "s1",
            State = SubmissionState.Finalized,
            NextOffset = 5_010,
            Accepted = 1,
            Duplicate = 2,
            Revised = 3,
            Rejected = 4,
            Warned = 5,
            Sha256 = new string('a', 64),
            Created = Noon,
            Finalized = Noon.AddHours(1),
            LastReceipt = Receipt,
            Withdrawal = Withdrawal,
        },
        Withdrawal,
        new WholeSubmission("3205", "s1", [Row], 2, new() { Rejected = 1, Rows = [Result], Writer = 1, Sequence = 42 }, new string('b', 64), "bureau-3205"),
        new SubmissionQuery { Bureau = "3205", State = SubmissionState.Finalized, BeforeCreated = Noon, BeforeId = "s1", Limit = 10 },
        new ReceiptQuery
        {
            Bureau = "3205",
            Submission = "s1",
            FromSubmission = "s0",
            FromOffset = 5_000,
            Rejected = true,
            Warned = true,
            WithRows = true,
            Limit = 10,
        },
        new SubmissionReceipt("3205", "s1", Receipt),
        new ReportQuery
        {
            Enterprise = Buyer,
            Feed = Feed.Linkage,
            Since = October,
            Until = October,
            AsOf = Noon,
            AllRevisions = true,
            AfterFeed = "fdi",
            AfterPeriod = "2004-09",
            AfterRevision = 2,
            Limit = 10,
            AfterAside = "3205",
        },
        new ReportRecord
        {
            Key = Key,
            Revision = 2,
            Content = Content,
            Origin = Origin,
            Committed = Noon,
            Replaced = Noon.AddHours(1),
            WithdrawnBy = "3205",
            WithdrawReason = "mistaken",
            SetAside = true,
            Standing = 3,
            Chosen = true,
            Choice = new("32", "centre", "the other took the wrong unit"),
        },
        new ReportChoice("32", "centre", "the other took the wrong unit"),
        new ChosenReport(3, Origin),
        new WriterFencedException("another speaks for this silo", new TimeoutException("3 s")),
    ]).ToDictionary(s => s.GetType());

    private static CellSums Sums()
    {
        var sums = new CellSums();
        sums.Add(Cell, 12_345_678_901);
        sums.Add(new(Measure.Active, Cell.Industry, "", Cell.Period), -1);
        return sums;
    }
}
