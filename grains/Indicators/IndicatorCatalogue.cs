using ClusterPulse.Indicators.Clusters;

namespace ClusterPulse.Indicators;

/// <summary>All indicators, in the order in which people read them.</summary>
public sealed class IndicatorCatalogue
{
    private readonly Dictionary<string, IIndicator> _byId;

    public IndicatorCatalogue()
    {
        All =
        [
            new LocalLinkageRatio(),
            new LocalLinkageChange(),
            new LocalSourcingRatio(),
            new EmbeddednessIndex(),
            new SuppliersReached(),
            new LinkedSuppliers(),
            new LinkSurvivalRatio(),
            new NetworkDensity(),
            new NetworkReciprocity(),
            new NetworkMeanSuppliers(),
            new EstatesLinked(),
            new Estates(),
            new FdiSourceHhi(),
            new FdiSourceHhiChange(),
            new FdiSourceHhiNormalised(),
            new FdiEffectiveSources(),
            new FdiTopSourceShare(),
            new FdiInvestorHhi(),
            new ForeignShare(),
            new Output(),
            new Exports(),
            new Employment(),
            new FdiUtilised(),
            new Enterprises(),
            new EnterpriseBirthRate(),
            new EnterpriseDeathRate(),
            new LabourProductivity(),
            new Growth(),
            new GrowthVolatility(),
            new PrivateGrowthGap(),
            new ExportIntensity(),
            new SmeShare(),
            new AnchorShare(),
            new AnchorSuppliers(),
            new IndustryHhi(),
            new ClusterType(),
            new Stage(),
            new StageChange(),
            new ReportingCoverage(),
            new FeedOverdue(),
            new SuspectReports(),
            new ChangeSuspectRatio(),
            new FdiPerformanceIndex(),
            new FdiShareChange(),
            new FdiShareLosingPeriods(),
            new KrugmanSpecialisation(),
            new ShiftShare(),
            new LocationQuotient(),
            new ClusterStars(),
            new RecognisedClusters(),
            new ClusteredShare(),
            new EllisonGlaeser(),
            new FdiIntoClusters(),
        ];
        Computed = [.. All.SelectMany(i => i.Also.Prepend(i))];
        Own = [.. Computed.Where(i => i.Definition.ComparedWith == Peer.None)];
        Compared = [.. Computed.Where(i => i.Definition.ComparedWith != Peer.None)];
        OfClusters = [.. All.Where(i => i.IsGivenForClusters)];
        _byId = All.ToDictionary(i => i.Definition.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<IIndicator> All { get; }

    /// <summary>The same with those that stand beside one under its id, see <see cref="IIndicator.Also"/>.</summary>
    public IReadOnlyList<IIndicator> Computed { get; }

    /// <summary>Those that need a place's own cells only.</summary>
    public IReadOnlyList<IIndicator> Own { get; }

    /// <summary>Those that compare the place with others; they come after the rest.</summary>
    public IReadOnlyList<IIndicator> Compared { get; }

    /// <summary>Those that are given for clusters too.</summary>
    public IReadOnlyList<IIndicator> OfClusters { get; }

    /// <summary>Whether it is a figure of a cluster of a place, not of the place.</summary>
    public bool IsOfCluster(string indicator, string labels) =>
        _byId.TryGetValue(indicator, out var found) && found.IsGivenForClusters && labels.Contains(NamedCluster.LabelName + "=", StringComparison.Ordinal);

    /// <summary>Null where there is none of that id.</summary>
    public IIndicator? Find(string id) => _byId.GetValueOrDefault(id);
}
