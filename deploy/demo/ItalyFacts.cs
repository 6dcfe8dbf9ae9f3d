namespace ClusterPulse.Demo;

/// <summary>What Italy must show at 2004-12, at a tenth of the source's districts and a hundredth of its money.</summary>
public static partial class DemoFacts
{
    /// <summary>The nation, in a country pack of its own.</summary>
    public const string Italy = "IT";

    /// <summary>Districts; the source says 199.</summary>
    public const int ItalyDistricts = 20;

    /// <summary>Those that export most; the source says 66.</summary>
    public const int ItalyExportingDistricts = 7;

    /// <summary>What these export at least in 2004, US dollars; the source says more than 20 bn.</summary>
    public const double ItalyDistrictExports = 200_000_000;

    /// <summary>The districts' share of the output of manufacturing at least.</summary>
    public const double ItalyDistrictManufacturing = 0.7;

    /// <summary>The districts' share of employment.</summary>
    public const double ItalyDistrictEmployment = 0.3;

    /// <summary>The districts' share of exports.</summary>
    public const double ItalyDistrictExportShare = 0.4;

    /// <summary>Domestic enterprises of the districts, all with fewer than 100 employed.</summary>
    public const int ItalySmallFirms = 400;

    /// <summary>Active foreign-funded enterprises; invented.</summary>
    public const int ItalyForeignFunded = 12;

    /// <summary>Those with a local purchase in the twelve months up to 2004-12; invented.</summary>
    public const int ItalyLinkedBuyers = 10;
}
