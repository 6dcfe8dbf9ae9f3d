namespace ClusterPulse.Aggregation;

/// <summary>Where places lie. Immutable while in use: a region's locality and an estate's region never change.</summary>
public interface IGeography
{
    /// <summary>Code of the locality of a region; null above the locality level or where the region is unknown.</summary>
    string? Locality(string region);

    /// <summary>Code of the region that an estate lies in; null where the estate is unknown.</summary>
    string? EstateRegion(string estate);

    /// <summary>How deep a region lies in its country's tree: nation 1, province 2, prefecture 3, county 4, town 5; 0 where it is unknown.</summary>
    int Level(string region);

    /// <summary>A region with every region above it up to the nation, as places, itself first; an estate alone.</summary>
    IReadOnlyList<string> Path(string place);
}

/// <summary>How far up cells add.</summary>
public static class Reach
{
    /// <summary>Whether a cell that arises in or below a place adds to it. What is kept by pair or by enterprise is much, so places
    /// above the locality do without.</summary>
    public static bool Adds(this IGeography geography, Measure measure, string place) =>
        measure is not (Measure.NetworkPair or Measure.EnterpriseOutput or Measure.BuyerSuppliers)
        || Places.IsEstate(place) || geography.Locality(Places.Code(place)) is not null;
}
