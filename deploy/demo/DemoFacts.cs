namespace ClusterPulse.Demo;

/// <summary>What the demo must show at 2004-12; the tests recount every figure from the messages.</summary>
public static partial class DemoFacts
{
    /// <summary>Prefecture with many foreign-funded enterprises and few local links.</summary>
    public const string Suzhou = "3205";

    /// <summary>The endogenous counterpart in Zhejiang.</summary>
    public const string Wenzhou = "3303";

    /// <summary>First month with reports.</summary>
    public const string FirstPeriod = "2003-01";

    /// <summary>Newest month with reports, the one that is judged.</summary>
    public const string LastPeriod = "2004-12";

    /// <summary>Number of months.</summary>
    public const int Months = 24;

    /// <summary>Zones of national and provincial rank in Suzhou.</summary>
    public const int Zones = 14;

    /// <summary>Zones in which at least one foreign-funded enterprise buys locally.</summary>
    public const int LinkedZones = 5;

    /// <summary>Foreign-funded enterprises of Suzhou active at the newest month.</summary>
    public const int ForeignFunded = 2_100;

    /// <summary>Those with a local purchase in the twelve months up to 2004-12.</summary>
    public const int LinkedBuyers = 175;

    /// <summary>Distinct local suppliers they bought from in these months.</summary>
    public const int LocalSuppliers = 134;

    /// <summary>Linked buyers three months earlier.</summary>
    public const int LinkedBuyersBefore = 235;

    /// <summary>Local suppliers reached three months earlier.</summary>
    public const int LocalSuppliersBefore = 160;

    /// <summary>The zone whose linkage falls in 2004-10 to 2004-12.</summary>
    public const string FallingZone = "kunshan-etdz";

    /// <summary>The zone whose investment comes to hang on one source.</summary>
    public const string ConcentratingZone = "wujiang-edz";

    /// <summary>Active domestic enterprises of Suzhou.</summary>
    public const int SuzhouDomestic = 800;

    /// <summary>Hi-tech enterprises of Suzhou: 225 of 500 are foreign-funded, 45 %.</summary>
    public const int HiTech = 500;

    /// <summary>Foreign-funded hi-tech enterprises of Suzhou.</summary>
    public const int HiTechForeignFunded = 225;

    /// <summary>Enterprises of Suzhou in division 39: 680 of 800 are foreign-funded, 85 %.</summary>
    public const int Electronics = 800;

    /// <summary>Foreign-funded enterprises of Suzhou in division 39.</summary>
    public const int ElectronicsForeignFunded = 680;

    /// <summary>Active domestic enterprises of Wenzhou.</summary>
    public const int WenzhouDomestic = 300;

    /// <summary>Active foreign-funded enterprises of Wenzhou.</summary>
    public const int WenzhouForeignFunded = 40;

    /// <summary>Those of Wenzhou with a local purchase in the twelve months up to 2004-12.</summary>
    public const int WenzhouLinkedBuyers = 32;
}
