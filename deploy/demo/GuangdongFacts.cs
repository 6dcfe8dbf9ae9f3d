namespace ClusterPulse.Demo;

/// <summary>What Guangdong must show at 2004-12, at a tenth of the source's enterprises and a hundredth of its employment.</summary>
public static partial class DemoFacts
{
    /// <summary>Prefecture of Taiwan's electronics in Guangdong, Suzhou's rival; its own bureau.</summary>
    public const string Dongguan = "4419";

    /// <summary>The province; its bureau reports all of it but Dongguan.</summary>
    public const string Guangdong = "44";

    /// <summary>Active enterprises of Dongguan in division 39; the source says more than 2,800.</summary>
    public const int DongguanElectronics = 280;

    /// <summary>Foreign-funded ones of these.</summary>
    public const int DongguanElectronicsForeignFunded = 240;

    /// <summary>Active foreign-funded enterprises of Dongguan.</summary>
    public const int DongguanForeignFunded = 300;

    /// <summary>Those of Dongguan with a local purchase in the twelve months up to 2004-12; invented.</summary>
    public const int DongguanLinkedBuyers = 27;

    /// <summary>Active foreign-funded enterprises of the province, Dongguan's among them; the source says 7,000.</summary>
    public const int GuangdongForeignFunded = 700;

    /// <summary>Active enterprises of the province.</summary>
    public const int GuangdongEnterprises = 950;

    /// <summary>Those with fewer than 500 employed: 98 %.</summary>
    public const int GuangdongSmall = 931;

    /// <summary>Persons employed in the province to two percent; the source says 15 million.</summary>
    public const int GuangdongPersons = 150_000;

    /// <summary>Specialised towns of the province.</summary>
    public const int SpecialisedTowns = 46;
}
