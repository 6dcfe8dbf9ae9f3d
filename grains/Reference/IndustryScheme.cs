using System.Collections.Immutable;
using System.Globalization;

namespace ClusterPulse.Reference;

/// <summary>A classification of industries. Codes of one are never taken for those of another: each scheme but the first has a prefix.</summary>
/// <param name="Name">As its publisher calls it.</param>
/// <param name="Prefix">What its codes begin with; empty for the first.</param>
/// <param name="Table">The embedded table with its entries.</param>
public sealed record IndustryScheme(string Name, string Prefix, string Table)
{
    private const int DivisionDigits = 2;

    // Every report needs the division of its enterprise several times: each is spelled once.
    private readonly string[] _divisions = [.. Enumerable.Range(0, 100).Select(d => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{d:00}"))];

    /// <summary>China's: <c>39</c>, <c>3911</c>.</summary>
    public static IndustryScheme GbT4754 { get; } = new("GB/T 4754-2017", "", "industries");

    /// <summary>The European Union's, without full stops: <c>NACE26</c>, <c>NACE261</c>.</summary>
    public static IndustryScheme Nace { get; } = new("NACE Rev. 2", "NACE", "industries-nace");

    /// <summary>All of them.</summary>
    public static ImmutableArray<IndustryScheme> All { get; } = [GbT4754, Nace];

    /// <summary>The scheme that a code is of.</summary>
    public static IndustryScheme Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.StartsWith(Nace.Prefix, StringComparison.Ordinal) ? Nace : GbT4754;
    }

    /// <summary>The division of a group or class; a division itself. Cells are kept by it.</summary>
    public static string Division(string code)
    {
        var scheme = Of(code);
        var start = scheme.Prefix.Length;
        var length = start + DivisionDigits;
        if (code.Length <= length)
            return code;
        var (tens, units) = (code[start] - '0', code[start + 1] - '0');
        return tens is >= 0 and <= 9 && units is >= 0 and <= 9 ? scheme._divisions[(tens * 10) + units] : code[..length];
    }
}
