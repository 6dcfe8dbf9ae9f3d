namespace ClusterPulse.Reference;

/// <summary>The code tables everything else is named and placed by. Immutable: load once, share everywhere.</summary>
public sealed class ReferenceData
{
    private ReferenceData(RegionTree regions, IndustryTable industries, EconomyTable economies, CurrencyTable currencies)
    {
        Regions = regions;
        Industries = industries;
        Economies = economies;
        Currencies = currencies;
    }

    /// <summary>The administrative trees.</summary>
    public RegionTree Regions { get; }

    /// <summary>The classifications of industries.</summary>
    public IndustryTable Industries { get; }

    /// <summary>The economies investment comes from.</summary>
    public EconomyTable Economies { get; }

    /// <summary>The currencies amounts are reported in.</summary>
    public CurrencyTable Currencies { get; }

    /// <summary>Reads the tables this assembly carries.</summary>
    public static ReferenceData Load() =>
        new(RegionTree.Load(), IndustryTable.Load(), EconomyTable.Load(), CurrencyTable.Load());
}
