using System.Collections.Immutable;

namespace ClusterPulse.Reference;

/// <summary>A classification of industries. Codes of one are never taken for those of another: each scheme but the first has a prefix.</summary>
/// <param name="Name">As its publisher calls it.</param>
/// <param name="Prefix">What its codes begin with; empty for the first.</param>
/// <param name="Table">The embedded table with its entries.</param>
public sealed record IndustryScheme(string Name, string Prefix, string Table)
{
    private const int DivisionDigits = 2;

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
        var length = Of(code).Prefix.Length + DivisionDigits;
        return code.Length > length ? code[..length] : code;
    }
}
