namespace ClusterPulse.Access;

/// <summary>What a principal may be. One may be several at once.</summary>
[Flags]
public enum Roles
{
    /// <summary>Nothing: denied everywhere.</summary>
    None = 0,

    /// <summary>A statistics bureau: sends reports and registers enterprises of its divisions.</summary>
    Bureau = 1,

    /// <summary>A monitoring centre: reads all of its divisions and decides policies there.</summary>
    Centre = 2,

    /// <summary>Reads the figures of its divisions.</summary>
    Viewer = 4,

    /// <summary>Runs the system: administration, and no figures.</summary>
    Operator = 8,

    /// <summary>Reads metrics and nothing else.</summary>
    Scraper = 16,

    /// <summary>Whoever has said who he is.</summary>
    Any = Bureau | Centre | Viewer | Operator | Scraper,
}

/// <summary>How closely a principal may look.</summary>
public enum SightLevel
{
    /// <summary>Sums and what is computed from them; single firms are suppressed.</summary>
    Aggregate = 0,

    /// <summary>Single firms too.</summary>
    Enterprise = 1,
}
