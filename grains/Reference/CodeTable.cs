using System.Diagnostics.CodeAnalysis;

namespace ClusterPulse.Reference;

/// <summary>A closed list of codes and what they stand for.</summary>
public abstract class CodeTable<T>
    where T : class
{
    private readonly Dictionary<string, T> byCode;
    private readonly List<T> all;

    private protected CodeTable(IEnumerable<T> entries, Func<T, string> code)
    {
        all = [.. entries];
        byCode = all.ToDictionary(code, StringComparer.Ordinal);
    }

    /// <summary>Every entry, in the order of its standard.</summary>
    public IReadOnlyCollection<T> All => all;

    /// <summary>Finds the entry with exactly this code.</summary>
    public bool TryGet(string code, [MaybeNullWhen(false)] out T entry) => byCode.TryGetValue(code, out entry);
}
