namespace ClusterPulse.Demo;

/// <summary>The cases of the demo; any of them can be left out.</summary>
[Flags]
public enum DemoCases
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The prefecture that much foreign investment came to.</summary>
    Suzhou = 1,

    /// <summary>A prefecture of Zhejiang that grew from within.</summary>
    Wenzhou = 2,

    /// <summary>Suzhou's rival for Taiwan's electronics.</summary>
    Dongguan = 4,

    /// <summary>Guangdong without Dongguan.</summary>
    Guangdong = 8,

    /// <summary>Districts of small firms, in a country pack of their own.</summary>
    Italy = 16,

    /// <summary>All of them.</summary>
    All = Suzhou | Wenzhou | Dongguan | Guangdong | Italy,
}
