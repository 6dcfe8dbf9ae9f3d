namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>What is measured: the product in one of its forms, or a peer that does the same job from the same input.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Starts its servers and registers the world's enterprises.</summary>
    Task StartAsync(World world);

    /// <summary>One sender's stream: returns when all of it is durable.</summary>
    /// <param name="label">Differs between streams.</param>
    /// <param name="facts">What is sent, in this order.</param>
    Task IngestAsync(string label, IEnumerable<Fact> facts);

    /// <summary>One fact by itself: returns when it is durable.</summary>
    Task IngestOneAsync(string label, Fact fact);

    /// <summary>Does what it has put off: what it was sent shows in every sum, and is where it stays.</summary>
    Task SettleAsync();

    /// <summary>Reads all gauges, where it has any.</summary>
    Task ScrapeAsync();

    /// <summary>What its servers have used since they started.</summary>
    ProcessUse Use();
}

/// <summary>CPU time and memory of some processes.</summary>
/// <param name="Cpu">Of all of them, since they started.</param>
/// <param name="Bytes">Memory now; what processes share counts once.</param>
internal readonly record struct ProcessUse(TimeSpan Cpu, long Bytes)
{
    private const int TicksPerSecond = 100;

    /// <summary>A process alone.</summary>
    public static ProcessUse Of(int process) => Read(process, withEnded: false);

    /// <summary>A process and those that it started, also such as have ended.</summary>
    public static ProcessUse OfTree(int process)
    {
        var all = Read(process, withEnded: true);
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), null, out var other) && Fields(other) is [_, var parent, ..] && parent == $"{process}")
            {
                var child = Read(other, withEnded: true);
                all = new(all.Cpu + child.Cpu, all.Bytes + child.Bytes);
            }
        }
        return all;
    }

    public static ProcessUse operator +(ProcessUse one, ProcessUse other) => new(one.Cpu + other.Cpu, one.Bytes + other.Bytes);

    private static ProcessUse Read(int process, bool withEnded)
    {
        // proc(5): after the name, state is field 3, utime 14, stime 15, cutime 16, cstime 17.
        const int UserTime = 11;
        var fields = Fields(process);
        if (fields.Length == 0)
            return default;
        var ticks = 0L;
        for (var i = UserTime; i < UserTime + (withEnded ? 4 : 2); i++)
            ticks += long.Parse(fields[i], null);
        return new(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Memory(process));
    }

    private static string[] Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Its proportional share: pages that several processes map count in parts.</summary>
    private static long Memory(int process)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process}/smaps_rollup"))
            {
                if (line.StartsWith("Pss:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan("Pss:".Length, line.Length - "Pss:".Length - "kB".Length).Trim(), null) << 10;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
        }
        return 0;
    }
}
