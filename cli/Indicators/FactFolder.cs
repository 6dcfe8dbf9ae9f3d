using ClusterPulse.Clusters;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Policies;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>A folder of facts as CSV, read whole. See docs/facts-as-csv.md.</summary>
internal sealed class FactFolder
{
    private static readonly CsvLayout EstateFile = new("estates.csv", ["estate", "region", "valid_from"], []);

    private static readonly CsvLayout EnterpriseFile = new(
        "enterprises.csv", ["enterprise", "valid_from", "region", "industry", "ownership"], ["estate", "hi_tech", "closed"]);

    private static readonly CsvLayout ReportFile = new(
        "reports.csv", ["enterprise", "feed", "period", "value"],
        ["currency", "basis", "nil", "source", "ultimate_source", "investor", "supplier", "supplier_code", "supplier_region", "supplier_economy"]);

    private static readonly CsvLayout RateFile = new("exchange_rates.csv", ["currency", "target", "period", "rate"], []);
    private static readonly CsvLayout RivalFile = new("rival_sets.csv", ["rival_set"], ["region", "source", "industry"]);
    private static readonly CsvLayout ClosedFile = new("closed_periods.csv", ["feed", "period"], []);

    private static readonly CsvLayout DefinitionFile = new("cluster_definitions.csv", ["definition", "industries"], ["regions"]);
    private static readonly CsvLayout WatchFile = new("watches.csv", ["region"], ["cluster"]);

    private static readonly Basis[] Bases = [Basis.Month, Basis.YearToDate];

    private readonly ReferenceData _reference;
    private readonly Dictionary<string, EnterpriseState> _enterprises = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Enterprise, ReportKey Key), ReportContent> _reports = [];
    private readonly Dictionary<string, ClusterDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<ClusterWatch> _watches = [];

    private readonly Dictionary<string, RivalSet> _rivals = new(StringComparer.Ordinal);

    private FactFolder(ReferenceData reference) => _reference = reference;

    /// <summary>Estates by id.</summary>
    public Dictionary<string, Estate> Estates { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Currency, string Target, Month Period), double> Rates { get; } = [];

    public HashSet<(Feed Feed, Month Period)> Closed { get; } = [];

    /// <summary>Declared rivals.</summary>
    public IReadOnlyCollection<RivalSet> RivalSets => _rivals.Values;
    /// <summary>Clusters that are named.</summary>
    public ClusterRegister Clusters { get; private set; } = ClusterRegister.Empty;

    /// <summary>What is wrong; where there is anything, nothing may be computed.</summary>
    public List<CsvProblem> Problems { get; } = [];

    /// <summary>Enterprises with their reports, in order of id.</summary>
    public IReadOnlyList<EnterpriseState> Enterprises { get; private set; } = [];

    public int Reports => _reports.Count;

    public static FactFolder Read(DirectoryInfo folder, ReferenceData reference)
    {
        var facts = new FactFolder(reference);
        foreach (var needed in new[] { EnterpriseFile, ReportFile }.Where(f => !File.Exists(Path.Combine(folder.FullName, f.File))))
            facts.Problems.Add(new(needed.File, 1, "", "", "this file must be in the folder"));
        CsvTable.Read(folder, EstateFile, facts.Problems, facts.AddEstate);
        CsvTable.Read(folder, EnterpriseFile, facts.Problems, facts.AddProfile);
        CsvTable.Read(folder, ReportFile, facts.Problems, facts.AddLine);
        CsvTable.Read(folder, RateFile, facts.Problems, facts.AddRate);
        CsvTable.Read(folder, ClosedFile, facts.Problems, facts.AddClosed);
        CsvTable.Read(folder, RivalFile, facts.Problems, facts.AddRival);
        facts.CheckRivals();
        CsvTable.Read(folder, DefinitionFile, facts.Problems, facts.AddDefinition);
        CsvTable.Read(folder, WatchFile, facts.Problems, facts.AddWatch);
        if (facts.Problems.Count == 0)
        {
            facts.Enterprises = facts.Assemble();
            facts.Clusters = new(facts._definitions.Values, facts._watches);
        }
        return facts;
    }

    private void AddEstate(CsvRow row)
    {
        var estate = new Estate { Id = row.Required("estate"), Region = Region(row, "region") ?? "", ValidFrom = row.Month("valid_from") };
        if (!Estates.TryAdd(estate.Id, estate))
            row.Wrong("estate", "stands in an earlier line already");
    }

    private void AddProfile(CsvRow row)
    {
        var id = row.Required("enterprise");
        var estate = row.Text("estate");
        if (estate.Length > 0 && !Estates.ContainsKey(estate))
            row.Wrong("estate", $"must be one of {EstateFile.File}");
        var profile = new Profile
        {
            ValidFrom = row.Month("valid_from"),
            Region = Region(row, "region") ?? "",
            Estate = estate.Length == 0 ? null : estate,
            Industry = row.Code("industry", code => _reference.Industries.TryGet(code, out _), "must be an industry code: two to four digits of GB/T 4754, or NACE and two or three digits") ?? "",
            Ownership = row.Word("ownership", VocabularyWords.Ownerships, o => o.Word()),
            HiTech = row.Flag("hi_tech"),
            Closed = row.Flag("closed"),
        };
        var state = _enterprises.GetValueOrDefault(id) ?? EnterpriseState.Unknown(id);
        if (state.Profiles.Any(p => p.ValidFrom == profile.ValidFrom))
            row.Wrong("valid_from", $"{id} has a line for this month already");
        _enterprises[id] = state.WithProfile(profile) with { Version = 1, ProfileVersion = 1 };
    }

    private void AddDefinition(CsvRow row)
    {
        var id = row.Required("definition");
        if (id.Length > 0 && !char.IsAsciiLetterLower(id[0]))
            row.Wrong("definition", "must begin with a letter a-z");
        var industries = row.Required("industries").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!industries.All(_reference.Industries.Classifies))
            row.Wrong("industries", "must be GB/T 4754 codes of two to four digits, a space between two");
        if (industries.Where((code, i) => industries.Where((other, j) => i != j && code.StartsWith(other, StringComparison.Ordinal)).Any()).Any())
            row.Wrong("industries", "none may lie inside another or stand there twice");
        var regions = row.Text("regions").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (regions.Any(code => !_reference.Regions.TryGet(code, out _)))
            row.Wrong("regions", "must be codes of regions, a space between two");
        if (!_definitions.TryAdd(id, new() { Id = id, Industries = [.. industries], Regions = [.. regions] }))
            row.Wrong("definition", "stands in an earlier line already");
    }

    private void AddWatch(CsvRow row)
    {
        var cluster = row.Text("cluster");
        if (cluster.Length > 0 && !_definitions.ContainsKey(cluster) && !_reference.Industries.Classifies(cluster))
            row.Wrong("cluster", $"must be a GB/T 4754 code of two to four digits, an id of {DefinitionFile.File}, or empty");
        _watches.Add(new(Region(row, "region") ?? "", cluster));
    }

    private void AddLine(CsvRow row)
    {
        var id = row.Required("enterprise");
        var key = new ReportKey(row.Word("feed", VocabularyWords.Feeds, f => f.Word()), row.Month("period"));
        if (!_enterprises.TryGetValue(id, out var enterprise))
            row.Wrong("enterprise", $"must be one of {EnterpriseFile.File}");
        else if (enterprise.ProfileAt(key.Period) is null)
            row.Wrong("period", $"{id} is registered from {enterprise.Profiles[0].ValidFrom} on");
        var basis = row.Text("basis").Length == 0 ? Basis.Month : row.Word("basis", Bases, b => b == Basis.YearToDate ? "year_to_date" : "month");
        if (basis == Basis.YearToDate && key.Feed is Feed.Employment or Feed.Linkage)
            row.Wrong("basis", "employment and linkage are reported by month");
        var nil = row.Flag("nil");
        if (nil && row.Text("value").Length > 0)
            row.Wrong("value", "must be empty where nil is true");
        var line = nil ? null : Line(row, key.Feed);
        if (!_reports.TryGetValue((id, key), out var report))
            report = new() { Basis = basis, Nil = nil };
        else if (nil || report.Nil || report.Basis != basis || key.Feed is Feed.Output or Feed.Export or Feed.Employment)
            row.Wrong("period", $"{id} has a report of {key.Feed.Word()} for this month already; only fdi and linkage have several lines, of one basis");
        _reports[(id, key)] = line is null ? report : report with { Lines = report.Lines.Add(line) };
    }

    private ReportLine Line(CsvRow row, Feed feed)
    {
        var value = row.Number("value");
        if (value < 0 && feed != Feed.Fdi)
            row.Wrong("value", "must not be negative; only fdi may be");
        if (feed == Feed.Employment)
        {
            if (value != decimal.Truncate(value) || value > ReportLine.MostPersons)
                row.Wrong("value", $"must be whole persons, at most {ReportLine.MostPersons}");
            return new() { Currency = "", Amount = (long)Math.Min(value, ReportLine.MostPersons) };
        }
        var currency = row.Text("currency");
        var places = 2;
        if (_reference.Currencies.TryGet(currency, out var known))
            places = known.MinorUnits;
        else
            row.Wrong("currency", "must be an ISO 4217 code such as CNY");
        var unit = 1m;
        for (var i = 0; i < places; i++)
            unit *= 10;
        // Bounded before it is multiplied: any number that a decimal holds may stand there.
        var most = ReportLine.MostMinorUnits / unit;
        var minor = Math.Clamp(value, -most, most) * unit;
        if (minor != decimal.Truncate(minor) || Math.Abs(value) > most)
            row.Wrong("value", $"must be at most {most} either way, with at most {places} decimal places");
        return new()
        {
            Currency = known?.Code ?? currency,
            Amount = (long)minor,
            Fdi = feed == Feed.Fdi ? Source(row) : null,
            Supplier = feed == Feed.Linkage ? Supplier(row) : null,
        };
    }

    private FdiDetail Source(CsvRow row)
    {
        const string Rule = "must be an ISO 3166 alpha-2 code such as HK";
        var source = row.Code("source", IsEconomy, Rule) ?? "";
        var investor = row.Text("investor");
        return new()
        {
            Source = source,
            UltimateSource = row.Code("ultimate_source", IsEconomy, Rule, mayBeEmpty: true) ?? source,
            Investor = investor.Length == 0 ? null : investor,
        };
    }

    private SupplierDetail Supplier(CsvRow row)
    {
        (string Column, SupplierKind Kind)[] columns =
        [
            ("supplier", SupplierKind.Enterprise), ("supplier_code", SupplierKind.UnregisteredCode), ("supplier_region", SupplierKind.Region),
            ("supplier_economy", SupplierKind.SourceEconomy),
        ];
        SupplierDetail? found = null;
        foreach (var (column, kind) in columns)
        {
            var text = row.Text(column);
            if (text.Length == 0)
                continue;
            if (found is not null)
                row.Wrong(column, "a line of linkage has one supplier");
            if (kind == SupplierKind.Region)
                Region(row, column);
            if (kind == SupplierKind.SourceEconomy)
                row.Code(column, IsEconomy, "must be an ISO 3166 alpha-2 code such as JP");
            found = new() { Kind = kind, Id = text };
        }
        if (found is null)
            row.Wrong("supplier", "a line of linkage names a supplier, supplier_code, supplier_region or supplier_economy");
        return found ?? new() { Kind = SupplierKind.UnregisteredCode, Id = "" };
    }

    private void AddRate(CsvRow row)
    {
        var rate = row.Number("rate");
        if (rate <= 0)
            row.Wrong("rate", "must be positive: units of target for one of currency");
        var (currency, target) = (row.Required("currency"), row.Required("target"));
        if (!Rates.TryAdd((currency, target, row.Month("period")), (double)rate))
            row.Wrong("period", $"there is a rate of {currency} in {target} for this month already");
    }

    private void AddClosed(CsvRow row) => Closed.Add((row.Word("feed", VocabularyWords.Feeds, f => f.Word()), row.Month("period")));

    private void AddRival(CsvRow row)
    {
        var id = row.Required("rival_set");
        var (region, source, industry) = (row.Text("region"), row.Text("source"), row.Text("industry"));
        var set = _rivals.GetValueOrDefault(id) ?? new() { Id = id, Regions = [] };
        _rivals[id] = set with
        {
            Regions = region.Length == 0 ? set.Regions : set.Regions.Add(region),
            Sources = source.Length == 0 || set.Sources.Contains(source) ? set.Sources : set.Sources.Add(source),
            Industries = industry.Length == 0 || set.Industries.Contains(industry) ? set.Industries : set.Industries.Add(industry),
        };
    }

    /// <summary>A set is judged whole, so its problems are told of the file's first line.</summary>
    private void CheckRivals()
    {
        foreach (var set in _rivals.Values)
        {
            if (!RivalRules.IsId(set.Id))
                Problems.Add(new(RivalFile.File, 1, "rival_set", set.Id, "must have 1 to 60 characters of a-z, 0-9 and -"));
            foreach (var wrong in RivalRules.Check(set, _rivals.Values, _reference))
                Problems.Add(new(RivalFile.File, 1, wrong.Field, wrong.Value, $"{wrong.Reason} in {set.Id}; docs/reasons.md tells the rule"));
        }
    }

    private List<EnterpriseState> Assemble()
    {
        foreach (var ((id, key), content) in _reports.OrderBy(r => r.Key.Key.Period))
        {
            var judged = content with { Lines = [.. content.Lines.Select(l => Judged(l, key.Period))] };
            _enterprises[id] = _enterprises[id].WithReport(key, new()
            {
                Revision = 1,
                Content = judged,
                Origin = new("file", ReportFile.File, 0),
                ContentHash = 0,
            });
        }
        return [.. _enterprises.Values.OrderBy(e => e.Id, StringComparer.Ordinal)];
    }

    private ReportLine Judged(ReportLine line, Month period)
    {
        if (line.Supplier is not { Kind: SupplierKind.Enterprise } supplier)
            return line;
        var state = _enterprises.GetValueOrDefault(supplier.Id) ?? EnterpriseState.Unknown(supplier.Id);
        return line with
        {
            Supplier = supplier with
            {
                Judgement = SupplierDirectory.Judge(state, period, region => _reference.Regions.TryGet(region, out var found) ? found.Locality : null),
            },
        };
    }

    private string? Region(CsvRow row, string column) =>
        row.Code(column, code => _reference.Regions.TryGet(code, out _), "must be a region's code of 2, 4, 6 or 9 digits, or CN");

    private bool IsEconomy(string code) => _reference.Economies.TryGet(code, out _);
}
